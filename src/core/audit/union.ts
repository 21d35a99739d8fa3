/** Disjoint sets of numbers (union by attachment, with path halving). */

export type Union = {
  join(a: number, b: number): void;
  /** The same number for all members of a set. */
  rootOf(member: number): number;
};

export function createUnion(): Union {
  const parents: number[] = [];
  const rootOf = (member: number) => {
    let at = member;
    for (let parent = parents[at] ?? at; parent !== at; parent = parents[at] ?? at) {
      parents[at] = parents[parent] ?? parent;
      at = parents[at];
    }
    return at;
  };
  return {
    join: (a, b) => {
      parents[rootOf(b)] = rootOf(a);
    },
    rootOf,
  };
}
