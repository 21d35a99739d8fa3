/**
 * Branching vessels: the tree connects scattered points of an organ one by one, so that its total length and the path
 * to the root stay short (Cuntz et al. 2010). Radii follow Murray's law r³ = Σ r³ (Murray 1926).
 */
import type { Random } from '../../random.ts';
import { segment } from '../shape/segment.ts';
import { norm, type Shape } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';

export type Tree = {
  /** The point where the vessel enters the organ. */
  root: Vec3;
  /** Points that the tree must reach. */
  points: readonly Vec3[];
  /** Radius at the root and smallest radius, mm. */
  thick: number;
  thin: number;
  /** The tree omits branches with a radius below this. */
  cut?: number;
};

export type Branch = { from: Vec3; to: Vec3; radius: number };

export function tree(plan: Tree): Shape[] {
  return branches(plan).map(shapeOf);
}

export function shapeOf({ from, to, radius }: Branch): Shape {
  return segment(from, to, radius * 1.05, radius);
}

/** The branches of a tree, from the root outwards. */
export function branches({ root, points, thick, thin, cut = 0 }: Tree): Branch[] {
  const nodes: Vec3[] = [root, ...[...points].sort((p, q) => far(p, root) - far(q, root))];
  const parent = parentsOf(nodes);
  const ends = new Float64Array(nodes.length);
  for (let n = nodes.length - 1; n > 0; n--) {
    if (ends[n] === 0) ends[n] = 1;
    ends[parent[n]] += ends[n];
  }
  const radius = (n: number) => Math.max(thin, thick * Math.cbrt(ends[n] / ends[0]));
  return nodes.slice(1).flatMap((point, i) => {
    const r = radius(i + 1);
    return r < cut ? [] : [{ from: nodes[parent[i + 1]], to: point, radius: r }];
  });
}

function far(p: Vec3, q: Vec3): number {
  return norm(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** For each point the earlier point that it is connected to; −1 for the first. */
function parentsOf(nodes: readonly Vec3[]): Int32Array {
  const [x, y, z] = [0, 1, 2].map((d) => Float64Array.from(nodes, (node) => node[d]));
  const way = new Float64Array(nodes.length);
  const parent = new Int32Array(nodes.length).fill(-1);
  for (let at = 1; at < nodes.length; at++) {
    let best = 0;
    let near = 0;
    let least = Infinity;
    for (let n = 0; n < at; n++) {
      const wire = norm(x[at] - x[n], y[at] - y[n], z[at] - z[n]);
      const cost = wire + 0.35 * (way[n] + wire);
      if (cost < least) {
        least = cost;
        near = wire;
        best = n;
      }
    }
    parent[at] = best;
    way[at] = way[best] + near;
  }
  return parent;
}

/** Random points in a box for which `inside` is true; stops after 40 tries per point. */
export function scatter(
  dice: Random,
  count: number,
  low: Vec3,
  high: Vec3,
  inside: (x: number, y: number, z: number) => boolean,
): Vec3[] {
  const out: Vec3[] = [];
  for (let tries = 0; out.length < count && tries < count * 40; tries++) {
    const x = dice.between(low[0], high[0]);
    const y = dice.between(low[1], high[1]);
    const z = dice.between(low[2], high[2]);
    if (inside(x, y, z)) out.push([x, y, z]);
  }
  return out;
}
