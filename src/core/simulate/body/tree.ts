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
  const nodes: Vec3[] = [root];
  const way = [0];
  const parent = [-1];
  const far = (p: Vec3, q: Vec3) => norm(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
  const order = [...points].sort((p, q) => far(p, root) - far(q, root));
  for (const point of order) {
    let best = 0;
    let least = Infinity;
    for (let n = 0; n < nodes.length; n++) {
      const wire = far(point, nodes[n]);
      const cost = wire + 0.35 * (way[n] + wire);
      if (cost < least) {
        least = cost;
        best = n;
      }
    }
    parent.push(best);
    way.push(way[best] + far(point, nodes[best]));
    nodes.push(point);
  }
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
    const p: Vec3 = [
      dice.between(low[0], high[0]),
      dice.between(low[1], high[1]),
      dice.between(low[2], high[2]),
    ];
    if (inside(...p)) out.push(p);
  }
  return out;
}
