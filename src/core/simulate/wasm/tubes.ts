/** Rays through thin tubes (src/core/simulate/xr/tubes.ts), with the same bits. */

/** A vector that `unit` returns. */
let ux: f64 = 0;
let uy: f64 = 0;
let uz: f64 = 0;

function unit(x: f64, y: f64, z: f64): void {
  const size = sqrt<f64>(x * x + y * y + z * z);
  const scale = 1 / (size === 0 ? 1 : size);
  ux = x * scale;
  uy = y * scale;
  uz = z * scale;
}

/** Numbers of one point: its place, half-widths along `across` and at right angles to it, thickness of the shell. */
const POINT: usize = 48;

/**
 * Adds to `out`, ∫μ of each pixel. `view`: the detector's axes, one after the other; the centre; rise, distance, rows,
 * columns, pitch. Each of `count` tubes: count of points, `across`, the difference of μ of its shell and of its core,
 * the points. The places of the points are overwritten.
 */
export function tubes(first: usize, count: i32, view: usize, out: usize): void {
  let at = first;
  for (let n = 0; n < count; n++) {
    const points = <i32>load<f64>(at);
    const begin = at + 48;
    for (let p = 0; p < points; p++) turn(begin + <usize>p * POINT, view);
    for (let p = 0; p + 1 < points; p++)
      piece(at, begin + <usize>p * POINT, p > 0, p + 2 < points, view, out);
    at = begin + <usize>points * POINT;
  }
}

/** Replaces a place of the body by its components along the detector's axes. */
function turn(point: usize, view: usize): void {
  const x = load<f64>(point) - load<f64>(view, 72);
  const y = load<f64>(point, 8) - load<f64>(view, 80);
  const z = load<f64>(point, 16) - load<f64>(view, 88);
  for (let d: usize = 0; d < 3; d++) {
    const axis = view + d * 24;
    store<f64>(point + (d << 3), x * load<f64>(axis) + y * load<f64>(axis, 8) + z * load<f64>(axis, 16));
  }
}

/** The direction from a point to the next. */
function along(point: usize): void {
  unit(
    load<f64>(point, 48) - load<f64>(point),
    load<f64>(point, 56) - load<f64>(point, 8),
    load<f64>(point, 64) - load<f64>(point, 16),
  );
}

/** The part of a tube between a point and the next; `before` and `after`: whether it has neighbours there. */
function piece(tube: usize, from: usize, before: bool, after: bool, view: usize, out: usize): void {
  const rise = load<f64>(view, 96);
  const distance = load<f64>(view, 104);
  const rows = load<f64>(view, 112);
  const columns = load<f64>(view, 120);
  const pitch = load<f64>(view, 128);
  const fx = load<f64>(from);
  const fy = load<f64>(from, 8);
  const fz = load<f64>(from, 16);
  const tx = load<f64>(from, 48);
  const ty = load<f64>(from, 56);
  const tz = load<f64>(from, 64);
  const size = sqrt<f64>((tx - fx) * (tx - fx) + (ty - fy) * (ty - fy) + (tz - fz) * (tz - fz));
  if (size === 0) return;
  along(from);
  const d0 = ux;
  const d1 = uy;
  const d2 = uz;
  // Pieces meet in the plane that bisects the bend.
  let a0 = d0;
  let a1 = d1;
  let a2 = d2;
  if (before) {
    along(from - POINT);
    unit(ux + d0, uy + d1, uz + d2);
    a0 = ux;
    a1 = uy;
    a2 = uz;
  }
  let b0 = d0;
  let b1 = d1;
  let b2 = d2;
  if (after) {
    along(from + POINT);
    unit(d0 + ux, d1 + uy, d2 + uz);
    b0 = ux;
    b1 = uy;
    b2 = uz;
  }
  const sx = load<f64>(tube, 8);
  const sy = load<f64>(tube, 16);
  const sz = load<f64>(tube, 24);
  const c0 = sx * load<f64>(view) + sy * load<f64>(view, 8) + sz * load<f64>(view, 16);
  const c1 = sx * load<f64>(view, 24) + sy * load<f64>(view, 32) + sz * load<f64>(view, 40);
  const c2 = sx * load<f64>(view, 48) + sy * load<f64>(view, 56) + sz * load<f64>(view, 64);
  const lean = c0 * d0 + c1 * d1 + c2 * d2;
  unit(c0 - d0 * lean, c1 - d1 * lean, c2 - d2 * lean);
  const w0 = ux;
  const w1 = uy;
  const w2 = uz;
  const t0 = d1 * w2 - d2 * w1;
  const t1 = d2 * w0 - d0 * w2;
  const t2 = d0 * w1 - d1 * w0;
  const shell = load<f64>(tube, 32);
  const core = load<f64>(tube, 40);
  const wide0 = load<f64>(from, 24);
  const thin0 = load<f64>(from, 32);
  const wall0 = load<f64>(from, 40);
  const wide1 = load<f64>(from, 72);
  const thin1 = load<f64>(from, 80);
  const wider = wide1 - wide0;
  const thinner = thin1 - thin0;
  const waller = load<f64>(from, 88) - wall0;
  // The shadows of both ends, and their half-widths.
  const largest = max<f64>(max<f64>(wide0, wide1), max<f64>(thin0, thin1));
  const nearer = distance / (distance - rise - fz);
  const ax = fx * nearer;
  const ay = fy * nearer;
  const ar = largest * nearer;
  const farther = distance / (distance - rise - tz);
  const bx = tx * farther;
  const by = ty * farther;
  const br = largest * farther;
  const left = min<f64>(ax - ar, bx - br) / pitch + (columns - 1) / 2;
  const right = max<f64>(ax + ar, bx + br) / pitch + (columns - 1) / 2;
  const top = min<f64>(ay - ar, by - br) / pitch + (rows - 1) / 2;
  const bottom = max<f64>(ay + ar, by + br) / pitch + (rows - 1) / 2;
  if (!(right >= 0 && left < columns && bottom >= 0 && top < rows)) return;
  const x0 = <i32>max<f64>(0, floor<f64>(left));
  const x1 = <i32>min<f64>(columns - 1, ceil<f64>(right));
  const y0 = <i32>max<f64>(0, floor<f64>(top));
  const y1 = <i32>min<f64>(rows - 1, ceil<f64>(bottom));
  const ex = bx - ax;
  const ey = by - ay;
  const way = sqrt<f64>(ex * ex + ey * ey);
  const px = way < 1e-6 ? 0 : ex / way;
  const py = way < 1e-6 ? 0 : ey / way;
  const reach = max<f64>(ar, br) + pitch;
  const focus = distance - rise;
  const ox = 0 - fx;
  const oy = 0 - fy;
  const oz = focus - fz;
  const ow = ox * w0 + oy * w1 + oz * w2;
  const ot = ox * t0 + oy * t1 + oz * t2;
  const ol = ox * d0 + oy * d1 + oz * d2;
  const start = ox * a0 + oy * a1 + oz * a2;
  const end = (0 - tx) * b0 + (0 - ty) * b1 + (focus - tz) * b2;
  for (let y = y0; y <= y1; y++) {
    const v = (<f64>y - (rows - 1) / 2) * pitch;
    const line = out + ((<usize>(y * <i32>columns)) << 2);
    for (let x = x0; x <= x1; x++) {
      const u = (<f64>x - (columns - 1) / 2) * pitch;
      // Skips pixels outside the shadow, which are most of an oblique piece's box.
      if (abs<f64>((u - ax) * py - (v - ay) * px) > reach) continue;
      const long = sqrt<f64>(u * u + v * v + distance * distance);
      const dx = u / long;
      const dy = v / long;
      const dz = -distance / long;
      const dw = dx * w0 + dy * w1 + dz * w2;
      const dl = dx * d0 + dy * d1 + dz * d2;
      const dt = dx * t0 + dy * t1 + dz * t2;
      // The part of the ray between both end planes.
      let low: f64 = -Infinity;
      let high: f64 = Infinity;
      const into = dx * a0 + dy * a1 + dz * a2;
      if (into > 0) low = -start / into;
      else if (into < 0) high = -start / into;
      else if (start < 0) continue;
      const outOf = dx * b0 + dy * b1 + dz * b2;
      if (outOf > 0) high = min<f64>(high, -end / outOf);
      else if (outOf < 0) low = max<f64>(low, -end / outOf);
      else if (end > 0) continue;
      if (low >= high) continue;
      // The tube's width is read at the point of its middle line that is nearest to the ray.
      const square = dw * dw + dt * dt;
      const near = ol + (square < 1e-9 ? low : -(ow * dw + ot * dt) / square) * dl;
      const share = near < 0 ? 0 : near > size ? 1 : near / size;
      const wide = wide0 + share * wider;
      const thin = thin0 + share * thinner;
      const wall = wall0 + share * waller;
      const outer = chord(ow, ot, dw, dt, wide, thin, low, high);
      if (outer <= 0) continue;
      const hollow = wall > 0 && wall < wide && wall < thin;
      const inner = hollow ? chord(ow, ot, dw, dt, wide - wall, thin - wall, low, high) : 0;
      const pixel = line + ((<usize>x) << 2);
      store<f32>(pixel, <f32>(<f64>load<f32>(pixel) + ((outer - inner) * shell + inner * core)));
    }
  }
}

/** Length of a ray within an ellipse and between two points, from its start and direction across the tube. */
function chord(ow: f64, ot: f64, dw: f64, dt: f64, wide: f64, thin: f64, low: f64, high: f64): f64 {
  const p = ow / wide;
  const q = ot / thin;
  const r = dw / wide;
  const s = dt / thin;
  const a = r * r + s * s;
  if (a < 1e-12) return p * p + q * q < 1 && high < Infinity && low > -Infinity ? high - low : 0;
  const half = p * r + q * s;
  const rest = half * half - a * (p * p + q * q - 1);
  if (rest <= 0) return 0;
  const root = sqrt<f64>(rest);
  return max<f64>(0, min<f64>(high, (-half + root) / a) - max<f64>(low, (-half - root) / a));
}
