/** Rays through a bone (src/core/simulate/xr/rays.ts), with the same bits. */
import { distance, setShapes } from './shapes';

/** Thickness of a shell. Its numbers: count; for several, start and direction by the line's length, and each value. */
function wallAt(wall: usize, x: f64, y: f64, z: f64): f64 {
  const count = <i32>load<f64>(wall);
  if (count === 1) return load<f64>(wall, 8);
  const a = (x - load<f64>(wall, 8)) * load<f64>(wall, 32);
  const b = (y - load<f64>(wall, 16)) * load<f64>(wall, 40);
  const c = (z - load<f64>(wall, 24)) * load<f64>(wall, 48);
  const place = max<f64>(0, min<f64>(1, a + b + c)) * (<f64>count - 1);
  const n = min<i32>(count - 2, <i32>place);
  const near = load<f64>(wall + 56 + ((<usize>n) << 3));
  const far = load<f64>(wall + 64 + ((<usize>n) << 3));
  return near + (place - <f64>n) * (far - near);
}

/** Share of a step with values below 0. */
function inside(a: f64, b: f64): f64 {
  if (a < 0) return b < 0 ? 1 : a / (a - b);
  return b < 0 ? b / (b - a) : 0;
}

/** See Rays in that file: `view` holds its numbers, `out` gets outer, inner, near and core, each columns · rows. */
export function follow(
  words: usize,
  shape: i32,
  slope: f64,
  wall: i32,
  view: usize,
  columns: i32,
  rows: i32,
  out: usize,
): void {
  setShapes(words);
  const walls = words + ((<usize>wall) << 3);
  const fx = load<f64>(view);
  const fy = load<f64>(view, 8);
  const fz = load<f64>(view, 16);
  const left = load<f64>(view, 96);
  const top = load<f64>(view, 104);
  const pitch = load<f64>(view, 112);
  const least = load<f64>(view, 168);
  const plane = (<usize>(columns * rows)) << 2;
  let at = out;
  for (let j = 0; j < rows; j++) {
    const v = top + <f64>j * pitch;
    for (let i = 0; i < columns; i++, at += 4) {
      const u = left + <f64>i * pitch;
      const px = load<f64>(view, 24) + u * load<f64>(view, 48) + v * load<f64>(view, 72) - fx;
      const py = load<f64>(view, 32) + u * load<f64>(view, 56) + v * load<f64>(view, 80) - fy;
      const pz = load<f64>(view, 40) + u * load<f64>(view, 64) + v * load<f64>(view, 88) - fz;
      const size = sqrt<f64>(px * px + py * py + pz * pz);
      const dx = px / size;
      const dy = py / size;
      const dz = pz / size;
      let from: f64 = 0;
      let to: f64 = Infinity;
      for (let d: usize = 0; d < 3; d++) {
        const ray = d === 0 ? dx : d === 1 ? dy : dz;
        const focus = load<f64>(view + (d << 3));
        const low = load<f64>(view + 120 + (d << 3));
        const high = load<f64>(view + 144 + (d << 3));
        if (abs<f64>(ray) < 1e-9) {
          if (focus < low || focus > high) to = -1;
          continue;
        }
        const a = (low - focus) / ray;
        const b = (high - focus) / ray;
        from = max<f64>(from, min<f64>(a, b));
        to = min<f64>(to, max<f64>(a, b));
      }
      let outer: f64 = 0;
      let inner: f64 = 0;
      let near: f64 = 1e3;
      let core: f64 = 1e3;
      if (from < to) {
        let before: f64 = 0;
        let within: f64 = 0;
        let t = from;
        let step: f64 = 0;
        while (true) {
          const x = fx + t * dx;
          const y = fy + t * dy;
          const z = fz + t * dz;
          const d = distance(shape, x, y, z);
          const e = d + wallAt(walls, x, y, z);
          near = min<f64>(near, d);
          core = min<f64>(core, e);
          if (step > 0) {
            outer += step * inside(before, d);
            inner += step * inside(within, e);
          }
          if (t >= to) break;
          before = d;
          within = e;
          step = min<f64>(to - t, max<f64>(least, min<f64>(abs<f64>(d), abs<f64>(e)) / slope));
          t += step;
        }
      }
      store<f32>(at, <f32>(outer * outer));
      store<f32>(at + plane, <f32>(inner * inner));
      store<f32>(at + 2 * plane, <f32>near);
      store<f32>(at + 3 * plane, <f32>core);
    }
  }
}
