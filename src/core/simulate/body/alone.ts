/** A head reduced to the brain, as archives share it: without skull and face, one cannot recognise the person. */
import { AXES, gridAt, middle } from '../plane.ts';
import { TISSUE, type Tissue } from '../tissue.ts';
import type { Body, Vec3 } from '../volume.ts';

/** Tissues that a brain extraction keeps (Smith, Hum Brain Mapp 2002, 17: 143), with the fluid around the brain. */
const KEPT: readonly Tissue[] = ['greyMatter', 'whiteMatter', 'csf', 'sulcus', 'lesion'];
/** Sampling points per side for finding the brain, and the margin around the brain in mm. */
const FELT = 40;
const MARGIN = 6;

/** Clean Recognizable Visual Features Option (PS3.15 E.3.3): this removes the pixels that show the face. */
export function brainAlone(body: Body): Body {
  const kept = new Uint8Array(256);
  for (const tissue of KEPT) kept[TISSUE[tissue]] = 1;
  const sample: Body['sample'] = (grid, tick) => {
    const volume = body.sample(grid, tick);
    return { ...volume, tissue: volume.tissue.map((tissue) => (kept[tissue] === 1 ? tissue : TISSUE.air)) };
  };
  return { region: body.region, bounds: boundsOf(body, sample), sample };
}

/** The bounding box of the tissue that remains. The spinal cord below the skull is removed with the neck. */
function boundsOf(body: Body, sample: Body['sample']): Body['bounds'] {
  const { low, high } = body.bounds;
  const spacing: Vec3 = [(high[0] - low[0]) / FELT, (high[1] - low[1]) / FELT, (high[2] - low[2]) / FELT];
  const grid = gridAt(middle(body), AXES.axial, [FELT, FELT, FELT], spacing);
  const { tissue } = sample(grid);
  const least = [FELT, FELT, FELT];
  const most = [-1, -1, -1];
  for (let at = 0; at < tissue.length; at++) {
    if (tissue[at] === TISSUE.air) continue;
    const place = [at % FELT, Math.floor(at / FELT) % FELT, Math.floor(at / FELT ** 2)];
    for (const d of [0, 1, 2]) {
      least[d] = Math.min(least[d], place[d]);
      most[d] = Math.max(most[d], place[d]);
    }
  }
  if (most[0] < 0) return body.bounds;
  const edge = (place: number[], d: 0 | 1 | 2, margin: number) =>
    grid.origin[d] + place[d] * spacing[d] + margin;
  return {
    low: [edge(least, 0, -MARGIN), edge(least, 1, -MARGIN), edge(least, 2, -MARGIN)],
    high: [edge(most, 0, MARGIN), edge(most, 1, MARGIN), edge(most, 2, MARGIN)],
  };
}
