const WORDS = 4;

export type KeySet = {
  readonly size: number;
  /** Adds the key at `bytes[at … at + 16)`; false if it was there already. */
  add(bytes: Uint8Array, at?: number): boolean;
  /** Number of keys added before this one; -1 if it isn't in the set. */
  orderOf(bytes: Uint8Array, at?: number): number;
};

/** Open addressing, at most half full. Keys are HMACs and so already uniform: their first word is the hash. */
export function createKeySet(expected = 1024): KeySet {
  let slots = 16;
  while (slots < expected * 2) slots *= 2;
  let words = new Uint32Array(slots * WORDS);
  /** 0 in a free slot, else 1 + the number of keys added before. */
  let used = new Uint32Array(slots);
  let size = 0;

  /** The slot that holds the key, or the free slot for it. */
  const find = (a: number, b: number, c: number, d: number) => {
    let slot = a & (slots - 1);
    for (; used[slot]; slot = (slot + 1) & (slots - 1)) {
      const at = slot * WORDS;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) break;
    }
    return slot;
  };
  const insert = (a: number, b: number, c: number, d: number, order: number) => {
    const slot = find(a, b, c, d);
    if (used[slot]) return false;
    used[slot] = order + 1;
    words[slot * WORDS] = a;
    words[slot * WORDS + 1] = b;
    words[slot * WORDS + 2] = c;
    words[slot * WORDS + 3] = d;
    return true;
  };
  const grow = () => {
    const [oldWords, oldUsed] = [words, used];
    slots *= 2;
    words = new Uint32Array(slots * WORDS);
    used = new Uint32Array(slots);
    for (let slot = 0; slot < oldUsed.length; slot++) {
      const at = slot * WORDS;
      if (!oldUsed[slot]) continue;
      insert(oldWords[at], oldWords[at + 1], oldWords[at + 2], oldWords[at + 3], oldUsed[slot] - 1);
    }
  };

  return {
    get size() {
      return size;
    },
    add: (bytes, at = 0) => {
      const added = insert(
        word(bytes, at),
        word(bytes, at + 4),
        word(bytes, at + 8),
        word(bytes, at + 12),
        size,
      );
      if (added && ++size * 2 > slots) grow();
      return added;
    },
    orderOf: (bytes, at = 0) =>
      used[find(word(bytes, at), word(bytes, at + 4), word(bytes, at + 8), word(bytes, at + 12))] - 1,
  };
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}
