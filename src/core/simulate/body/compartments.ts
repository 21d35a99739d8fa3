/**
 * Muscles that together fill a space: each point belongs to the muscle with the nearest belly, and thin fat separates
 * neighbouring muscles.
 */
import type { Noise } from '../noise.ts';
import { numbered, only, type Paint } from '../paint.ts';
import { kindOf, type Rule } from '../rule.ts';
import { everywhere } from '../shape/combine.ts';
import type { Shape } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';

/** A line through a belly: [z, x, y, radius] from the top down or the bottom up. A broad muscle has several lines. */
export type Belly = {
  muscle: number;
  line: readonly (readonly [z: number, x: number, y: number, r: number])[];
};

export type Compartments = {
  /** The function divides all muscle in the box of this shape. */
  shape: Shape;
  bellies: readonly Belly[];
  noise: Noise;
  /** Half the width of the fat between two muscles, mm. */
  gap: number;
  /** Points farther than this from every belly are fat, mm. */
  limit: number;
  /** How far noise displaces the borders, mm, because straight borders look artificial. 0 if absent. */
  warp?: number;
  /** The function divides muscle only between these heights. */
  low: number;
  high: number;
};

/** mm between the heights at which the bellies are computed. A coarser spacing shows as steps. */
const STEP = 0.5;
/** How far a belly tapers beyond its last point, mm. */
const END = 30;

export function compartments({
  shape,
  bellies,
  noise,
  gap,
  limit,
  warp = 0,
  low,
  high,
}: Compartments): Paint {
  // A belly thinner than this is never the nearest belly within the limit.
  const planes = sections(bellies, low, high, -(limit + 2 + 3 * gap));
  const inside = everywhere({
    low: [shape.box.low[0], shape.box.low[1], Math.max(low, shape.box.low[2])],
    high: [shape.box.high[0], shape.box.high[1], Math.min(high, shape.box.high[2])],
  });
  const own = [
    kindOf('compartment'),
    low,
    STEP,
    limit,
    gap,
    TISSUE.fat,
    ...noise.corner,
    planes.length,
    warp,
  ];
  // The offset at which each plane begins, after the kind, and the offset at which the last plane ends.
  let begin = own.length + planes.length;
  const numbers = new Float64Array(begin + 1 + planes.reduce((sum, { length }) => sum + length, 0));
  numbers.set(own);
  numbers[own.length] = begin;
  planes.forEach((plane, n) => {
    numbers.set(plane, begin + 1);
    begin += plane.length;
    numbers[own.length + 1 + n] = begin;
  });
  const rule: Rule = (x, y, z) => {
    const plane = planes[Math.max(0, Math.min(planes.length - 1, Math.round((z - low) / STEP)))];
    let first = 1e3;
    let second = 1e3;
    let owner = -1;
    if (plane.length === 0) return -1;
    const bump = noise(x * 0.16, y * 0.16, z * 0.05);
    const px = warp === 0 ? x : x + warp * bump;
    const py = warp === 0 ? y : y + warp * noise(x * 0.16 + 31, y * 0.16, z * 0.05);
    for (let n = 0; n < plane.length; n += 4) {
      const dx = px - plane[n];
      const dy = py - plane[n + 1];
      const d = Math.sqrt(dx * dx + dy * dy) - plane[n + 2];
      if (plane[n + 3] === owner) {
        if (d < first) first = d;
      } else if (d < first) {
        second = first;
        first = d;
        owner = plane[n + 3];
      } else if (d < second) second = d;
    }
    if (first > limit + 2 * bump) return TISSUE.fat;
    return second - first < gap * (1.8 + bump) ? TISSUE.fat : -1;
  };
  return numbered(inside, { rule, numbers }, only('muscle'));
}

/** The sections of the bellies in each plane: x, y, radius, muscle. */
function sections(bellies: readonly Belly[], low: number, high: number, least: number): Float64Array[] {
  const planes = Math.floor((high - low) / STEP) + 1;
  return Array.from({ length: planes }, (_, k) => {
    const z = low + k * STEP;
    const found: number[] = [];
    for (const { muscle, line } of bellies) {
      for (let n = 0; n + 1 < line.length; n++) {
        const rising = line[n][0] < line[n + 1][0];
        const a = rising ? line[n] : line[n + 1];
        const b = rising ? line[n + 1] : line[n];
        if (a[0] - z > END || z - b[0] > END) continue;
        // A belly ends as a cone, without a flat cut.
        const first = n === 0 ? line[0] : null;
        const last = n + 2 === line.length ? line[n + 1] : null;
        const past = Math.max(a[0] - z, z - b[0]);
        const end = past > 0 ? (z < a[0] ? a : b) : null;
        if ((end && end !== first && end !== last) || z === b[0]) continue;
        const t = Math.max(0, Math.min(1, (z - a[0]) / (b[0] - a[0])));
        const r = a[3] + (b[3] - a[3]) * t - Math.max(0, past) * 0.8;
        if (r > least) found.push(a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t, r, muscle);
      }
    }
    return Float64Array.from(found);
  });
}

/** The bellies of the left side and their mirror images. */
export function mirrored(bellies: readonly Belly[]): Belly[] {
  return bellies.flatMap(({ muscle, line }) => [
    { muscle: 2 * muscle, line },
    { muscle: 2 * muscle + 1, line: line.map(([z, x, y, r]) => [z, -x, y, r] as const) },
  ]);
}
