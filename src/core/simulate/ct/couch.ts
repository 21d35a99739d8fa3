/** The couch below the patient in one transverse plane: a carbon shell around foam. */
import type { Vec3 } from '../volume.ts';
import type { Couch } from './protocol.ts';

/** Attenuation as a multiple of water's: carbon fibre laminate at about 150 HU, foam at −930 HU; mm of laminate. */
const SHELL = 1.15;
const THICK = 2.4;
const FOAM = 0.07;

/** Multiple of water's attenuation at x, y (mm, patient coordinates), outside a patient with this skin (scan.ts). */
export function couchOf(kind: Couch, [right, left, back]: Vec3): (x: number, y: number) => number {
  const middle = (right + left) / 2;
  if (kind === 'flat') {
    return (x, y) => {
      const depth = y - back - 3;
      if (Math.abs(x - middle) > 240 || depth < 0 || depth > 45) return 0;
      return depth < THICK || depth > 45 - THICK || Math.abs(x - middle) > 238 ? SHELL : FOAM;
    };
  }
  if (kind === 'curved' || kind === 'headrest') {
    const [radius, thick, reach] = kind === 'curved' ? [520, 26, 215] : [130, 14, 118];
    const top = back + 2 - radius;
    return (x, y) => {
      const dx = x - middle;
      if (Math.abs(dx) > reach || y < top) return 0;
      const depth = Math.hypot(dx, y - top) - radius;
      if (depth < 0 || depth > thick) return 0;
      return depth < THICK || depth > thick - THICK ? SHELL : FOAM;
    };
  }
  return () => 0;
}
