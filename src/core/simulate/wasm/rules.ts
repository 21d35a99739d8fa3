/** Rules of paints (src/core/simulate/rule.ts), with the same bits as their functions. −1 keeps the existing tissue. */
import { compartment } from './compartments';
import { noise, setCorner } from './noise';

/** Math.atan2: a function of our own could differ in the last bit. */
declare function atan2(y: f64, x: f64): f64;

/** The tissue by the rule whose kind and numbers begin at `rule`. */
export function tissueBy(rule: usize, x: f64, y: f64, z: f64, depth: f64): i32 {
  const own = rule + 8;
  switch (<i32>load<f64>(rule)) {
    case 0:
      return compartment(own, x, y, z);
    case 1:
      return sheet(own, x, y, z);
    case 2:
      return lobe(own, x, y, z);
    default:
      return seam(own, x, y, z, depth);
  }
}

/** `own`: the noise's corner, cells per mm along x, y and z, shift along x and y, half the width, the tissue. */
function sheet(own: usize, x: f64, y: f64, z: f64): i32 {
  setCorner(<i32>load<f64>(own), <i32>load<f64>(own, 8), <i32>load<f64>(own, 16));
  const value = noise(
    x * load<f64>(own, 24) + load<f64>(own, 48),
    y * load<f64>(own, 32) + load<f64>(own, 56),
    z * load<f64>(own, 40),
  );
  return abs<f64>(value) < load<f64>(own, 64) ? <i32>load<f64>(own, 72) : -1;
}

/** `own`: the noise's corner, x and y of the nipple, centre and radii of the gland, x and y each, least sum, tissue. */
function lobe(own: usize, x: f64, y: f64, z: f64): i32 {
  setCorner(<i32>load<f64>(own), <i32>load<f64>(own, 8), <i32>load<f64>(own, 16));
  const u = x - load<f64>(own, 24);
  const v = y - load<f64>(own, 32);
  const far = sqrt<f64>(u * u + v * v);
  const angle = atan2(u, v + 12);
  const patch = noise(x * 0.03 + 5, y * 0.03, z * 0.045);
  const strand = 0.4 - 1.9 * abs<f64>(noise(angle * 4.5, far * 0.045, z * 0.1));
  const web = 0.4 - 1.8 * abs<f64>(noise(x * 0.11, y * 0.11, z * 0.11));
  const fine = noise(x * 0.4, y * 0.4, z * 0.4);
  const p = (x - load<f64>(own, 40)) / load<f64>(own, 56);
  const q = (y + load<f64>(own, 48)) / load<f64>(own, 64);
  const near = 1 - sqrt<f64>(p * p + q * q);
  const sum = 1.1 * near + 0.7 * patch + 0.5 * strand + 0.5 * web + 0.55 * fine;
  return sum > load<f64>(own, 72) ? <i32>load<f64>(own, 80) : -1;
}

/** `own`: the noise's corner, the width, the tissue. */
function seam(own: usize, x: f64, y: f64, z: f64, depth: f64): i32 {
  if (depth > -6) return -1;
  setCorner(<i32>load<f64>(own), <i32>load<f64>(own, 8), <i32>load<f64>(own, 16));
  const wave = noise(x * 0.05 + 20, y * 0.05 + 7, z * 0.03);
  const width = load<f64>(own, 24);
  return abs<f64>(-depth - 10 - 3 * wave) < 22 * width * (0.7 + 0.5 * wave) ? <i32>load<f64>(own, 32) : -1;
}
