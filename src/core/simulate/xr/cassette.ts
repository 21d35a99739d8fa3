/** Usual exposures and cassettes of each body part. */
import type { RegionName } from '../region.ts';
import type { XrProtocol } from './protocol.ts';

/** Height and width of the exposed area, mm. */
type Exposure = Pick<XrProtocol, 'kv' | 'mas' | 'distance' | 'grid'> & { height: number; width: number };

export const EXPOSURES: Record<RegionName, Exposure> = {
  head: { kv: 72, mas: 20, distance: 1100, grid: true, height: 300, width: 300 },
  neck: { kv: 70, mas: 12, distance: 1500, grid: true, height: 300, width: 240 },
  chest: { kv: 110, mas: 2, distance: 1800, grid: true, height: 350, width: 430 },
  abdomen: { kv: 78, mas: 30, distance: 1100, grid: true, height: 350, width: 350 },
  pelvis: { kv: 78, mas: 30, distance: 1100, grid: true, height: 300, width: 400 },
  knee: { kv: 64, mas: 5, distance: 1100, grid: false, height: 300, width: 220 },
  hand: { kv: 50, mas: 3, distance: 1100, grid: false, height: 280, width: 220 },
  breast: { kv: 28, mas: 80, distance: 650, grid: true, height: 245, width: 200 },
};
