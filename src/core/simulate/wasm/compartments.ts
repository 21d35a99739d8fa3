/** The fat between muscles (src/core/simulate/body/compartments.ts), with the same bits. */
import { noise, setCorner } from './noise';

/**
 * `own`: the lowest plane, mm between planes, the distance of fat from every belly, half the width of the fat between
 * two bellies, its tissue, the noise's corner, the count of planes, the shift of the borders by noise; the start of
 * each plane's bellies; x, y, radius and muscle of each belly. −1 keeps the existing tissue.
 */
export function compartment(own: usize, x: f64, y: f64, z: f64): i32 {
  const share = (z - load<f64>(own)) / load<f64>(own, 8);
  const whole = floor<f64>(share);
  const rounded = share - whole >= 0.5 ? whole + 1 : whole;
  const k = <usize>max<f64>(0, min<f64>(load<f64>(own, 64) - 1, rounded));
  const from = <usize>load<f64>(own + 80 + (k << 3));
  const to = <usize>load<f64>(own + 88 + (k << 3));
  if (from === to) return -1;
  setCorner(<i32>load<f64>(own, 40), <i32>load<f64>(own, 48), <i32>load<f64>(own, 56));
  const bump = noise(x * 0.16, y * 0.16, z * 0.05);
  const warp = load<f64>(own, 72);
  const px = warp === 0 ? x : x + warp * bump;
  const py = warp === 0 ? y : y + warp * noise(x * 0.16 + 31, y * 0.16, z * 0.05);
  let first: f64 = 1e3;
  let second: f64 = 1e3;
  let owner: f64 = -1;
  for (let n = from; n < to; n += 4) {
    const belly = own + (n << 3);
    const dx = px - load<f64>(belly);
    const dy = py - load<f64>(belly, 8);
    const d = sqrt<f64>(dx * dx + dy * dy) - load<f64>(belly, 16);
    const muscle = load<f64>(belly, 24);
    if (muscle === owner) {
      if (d < first) first = d;
    } else if (d < first) {
      second = first;
      first = d;
      owner = muscle;
    } else if (d < second) {
      second = d;
    }
  }
  const fat = <i32>load<f64>(own, 32);
  if (first > load<f64>(own, 16) + 2 * bump) return fat;
  return second - first < load<f64>(own, 24) * (1.8 + bump) ? fat : -1;
}
