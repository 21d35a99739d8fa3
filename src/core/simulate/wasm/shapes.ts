/**
 * Distances to shapes in the form of numbers (src/core/simulate/shape/form.ts): each has its kind, its count of parts,
 * the places of the parts (as indices from the first number), and its own numbers. The arithmetic gives the same bits
 * as the functions with the same names in src/core/simulate/shape.
 */
import { plate, vertebra } from './bones';
import { noise, setCorner } from './noise';

/** Calls JavaScript for the distance to a shape without a form. */
declare function ask(shape: i32, x: f64, y: f64, z: f64): f64;

/** Math.sin and Math.pow: functions of our own could differ in the last bit. */
declare function sin(angle: f64): f64;
declare function pow(base: f64, power: f64): f64;

let words: usize = 0;

/** `first`: address of the numbers of all shapes. */
export function setShapes(first: usize): void {
  words = first;
}

/** Maximum returned distance to an outline, mm. */
const REACH: f64 = 32;

/** `at` is the shape's place among the numbers. */
export function distance(at: i32, x: f64, y: f64, z: f64): f64 {
  const shape = words + ((<usize>at) << 3);
  const parts = <usize>load<f64>(shape, 8);
  const own = shape + 16 + (parts << 3);
  switch (<i32>load<f64>(shape)) {
    case 0:
      return ask(<i32>load<f64>(own), x, y, z);
    case 1:
      return -1e6;
    case 2:
      return half(own, x, y, z);
    case 3:
      return ellipsoid(own, x, y, z);
    case 4:
      return block(own, x, y, z);
    case 5:
      return drum(own, x, y, z);
    case 6:
      return segment(own, x, y, z);
    case 7:
      return flat(own, x, y, z);
    case 8:
      return polar(own, x, y, z);
    case 9:
      return cushion(own, x, y, z);
    case 10:
      return union(shape + 16, parts, own, x, y, z);
    case 11:
      return blend(shape + 16, own, x, y, z);
    case 12:
      return meet(shape + 16, parts, x, y, z);
    case 13:
      return soften(shape + 16, own, x, y, z);
    case 14:
      return max<f64>(part(shape + 16, x, y, z), -part(shape + 24, x, y, z));
    case 15:
      return part(shape + 16, x, y, z) - load<f64>(own);
    case 16:
      return place(shape + 16, own, x, y, z);
    case 18:
      return vertebra(own, x, y, z);
    case 19:
      return plate(own, x, y, z);
    case 20:
      return part(shape + 16, x, y, max<f64>(z, load<f64>(own)));
    case 21:
      return wedge(own, x, y, z);
    default:
      return rough(shape + 16, own, x, y, z);
  }
}

function part(from: usize, x: f64, y: f64, z: f64): f64 {
  return distance(<i32>load<f64>(from), x, y, z);
}

function half(own: usize, x: f64, y: f64, z: f64): f64 {
  return load<f64>(own) * x + load<f64>(own, 8) * y + load<f64>(own, 16) * z - load<f64>(own, 24);
}

function ellipsoid(own: usize, x: f64, y: f64, z: f64): f64 {
  const ix = load<f64>(own, 24);
  const iy = load<f64>(own, 32);
  const iz = load<f64>(own, 40);
  const a = (x - load<f64>(own)) * ix;
  const b = (y - load<f64>(own, 8)) * iy;
  const c = (z - load<f64>(own, 16)) * iz;
  const k = a * a + b * b + c * c;
  if (k < 1e-6) return -load<f64>(own, 48);
  const k0 = sqrt<f64>(k);
  const d = a * ix;
  const e = b * iy;
  const f = c * iz;
  return (k0 * (k0 - 1)) / sqrt<f64>(d * d + e * e + f * f);
}

function block(own: usize, x: f64, y: f64, z: f64): f64 {
  const ix = load<f64>(own, 24);
  const iy = load<f64>(own, 32);
  const iz = load<f64>(own, 40);
  const a = (x - load<f64>(own)) * ix;
  const b = (y - load<f64>(own, 8)) * iy;
  const c = (z - load<f64>(own, 16)) * iz;
  const a2 = a * a;
  const b2 = b * b;
  const c2 = c * c;
  const k = a2 * a2 + b2 * b2 + c2 * c2;
  if (k < 1e-6) return -load<f64>(own, 48);
  const k0 = sqrt<f64>(sqrt<f64>(k));
  const d = a2 * a * ix;
  const e = b2 * b * iy;
  const f = c2 * c * iz;
  return ((k0 - 1) * k0 * k0 * k0) / sqrt<f64>(d * d + e * e + f * f);
}

function drum(own: usize, x: f64, y: f64, z: f64): f64 {
  const ix = load<f64>(own, 24);
  const iy = load<f64>(own, 32);
  const iz = load<f64>(own, 40);
  const a = (x - load<f64>(own)) * ix;
  const b = (y - load<f64>(own, 8)) * iy;
  const c = (z - load<f64>(own, 16)) * iz;
  const round = a * a + b * b;
  const c2 = c * c;
  const k = round * round + c2 * c2;
  if (k < 1e-6) return -load<f64>(own, 48);
  const k0 = sqrt<f64>(sqrt<f64>(k));
  const d = round * a * ix;
  const e = round * b * iy;
  const f = c2 * c * iz;
  return ((k0 - 1) * k0 * k0 * k0) / sqrt<f64>(d * d + e * e + f * f);
}

function segment(own: usize, x: f64, y: f64, z: f64): f64 {
  const qx = x - load<f64>(own);
  const qy = y - load<f64>(own, 8);
  const qz = z - load<f64>(own, 16);
  const dx = load<f64>(own, 24);
  const dy = load<f64>(own, 32);
  const dz = load<f64>(own, 40);
  const raw = (qx * dx + qy * dy + qz * dz) * load<f64>(own, 48);
  const h = raw < 0 ? 0 : min<f64>(raw, 1);
  const ex = qx - h * dx;
  const ey = qy - h * dy;
  const ez = qz - h * dz;
  return sqrt<f64>(ex * ex + ey * ey + ez * ez) - load<f64>(own, 56) - h * load<f64>(own, 64);
}

function flat(own: usize, x: f64, y: f64, z: f64): f64 {
  const qx = x - load<f64>(own);
  const qy = y - load<f64>(own, 8);
  const qz = z - load<f64>(own, 16);
  const size = load<f64>(own, 96);
  const raw = qx * load<f64>(own, 24) + qy * load<f64>(own, 32) + qz * load<f64>(own, 40);
  const s = raw < 0 ? 0 : min<f64>(raw, size);
  const over = raw - s;
  const h = s / size;
  const a = load<f64>(own, 104) + load<f64>(own, 120) * h;
  const b = load<f64>(own, 112) + load<f64>(own, 128) * h;
  const small = min<f64>(a, b);
  const u = (qx * load<f64>(own, 48) + qy * load<f64>(own, 56) + qz * load<f64>(own, 64)) / a;
  const v = (qx * load<f64>(own, 72) + qy * load<f64>(own, 80) + qz * load<f64>(own, 88)) / b;
  const e = over / small;
  return (sqrt<f64>(u * u + v * v + e * e) - 1) * small;
}

/** Numbers: low, gap, planes, bins, planes per mm, bins per turn of a quarter; axis, flatness and radii of the planes. */
function polar(own: usize, x: f64, y: f64, z: f64): f64 {
  const gap = load<f64>(own, 8);
  const last = load<f64>(own, 16) - 1;
  const bins = load<f64>(own, 24);
  const planes = <usize>(last + 1);
  let v = (z - load<f64>(own)) * load<f64>(own, 32);
  let over: f64 = 0;
  if (v < 0) {
    over = -v * gap;
    v = 0;
  } else if (v > last) {
    over = (v - last) * gap;
    v = last;
  }
  const k = v >= last ? <usize>(last - 1) : <usize>v;
  const fz = v - <f64>k;
  const axis = own + 48 + (k << 4);
  const ax = load<f64>(axis);
  const ay = load<f64>(axis, 8);
  const qx = x - ax - (load<f64>(axis, 16) - ax) * fz;
  const qy = y - ay - (load<f64>(axis, 24) - ay) * fz;
  const sum = abs<f64>(qx) + abs<f64>(qy);
  const t = sum < 1e-9 ? 0 : qy / sum;
  const u = (qx < 0 ? 2 - t : t < 0 ? 4 + t : t) * load<f64>(own, 40);
  const b = u >= bins ? <usize>bins - 1 : <usize>u;
  const fb = u - <f64>b;
  const turn = (<usize>bins + 1) << 3;
  const near = own + 48 + planes * 24 + k * turn + (b << 3);
  const far = near + turn;
  const p = load<f64>(near);
  const q = load<f64>(far);
  const r0 = p + (load<f64>(near, 8) - p) * fb;
  const r1 = q + (load<f64>(far, 8) - q) * fb;
  const raw =
    (sqrt<f64>(qx * qx + qy * qy) - r0 - (r1 - r0) * fz) * load<f64>(own + 48 + (planes << 4) + (k << 3));
  const side = max<f64>(raw, -REACH);
  if (over === 0) return min<f64>(side, REACH);
  return side > 0 ? sqrt<f64>(side * side + over * over) : over;
}

/** Numbers: side of the armpit, half width there and elsewhere, depth, half thickness, the smaller of width and depth. */
function cushion(own: usize, x: f64, y: f64, z: f64): f64 {
  const t = load<f64>(own, 32);
  const u = x / (x * load<f64>(own) > 0 ? load<f64>(own, 8) : load<f64>(own, 16));
  const v = y / load<f64>(own, 24);
  const outline = (sqrt<f64>(u * u + v * v) - 1) * load<f64>(own, 40);
  const bulge = outline + t * 0.85;
  const flat = abs<f64>(z) - t;
  if (bulge <= 0) return max<f64>(flat, outline);
  const side = abs<f64>(z) * 0.85;
  return max<f64>(flat, sqrt<f64>(bulge * bulge + side * side) - t * 0.85);
}

/** Numbers: direction of the broad end, tip, broad end, reach, half the thickness at the wall. */
function wedge(own: usize, x: f64, y: f64, z: f64): f64 {
  const tip = load<f64>(own, 8);
  const along = x * load<f64>(own);
  const share = max<f64>(0, (along - tip) / (load<f64>(own, 16) - tip));
  const border = load<f64>(own, 24) * pow(sin(share * 1.57), 1.2);
  const half = load<f64>(own, 32) * min<f64>(1, 0.25 + (border + y) / 45);
  return max<f64>(max<f64>(-y - border, abs<f64>(z) - half), tip - along);
}

/** Least distance of a place from a box: the largest of the three distances; ≤ 0 inside. */
function outside(box: usize, x: f64, y: f64, z: f64): f64 {
  const a = max<f64>(load<f64>(box) - x, x - load<f64>(box, 24));
  const b = max<f64>(load<f64>(box, 8) - y, y - load<f64>(box, 32));
  const c = max<f64>(load<f64>(box, 16) - z, z - load<f64>(box, 40));
  return max<f64>(a, max<f64>(b, c));
}

/** Numbers: the box of each part. */
function union(from: usize, parts: usize, boxes: usize, x: f64, y: f64, z: f64): f64 {
  let least: f64 = Infinity;
  for (let n: usize = 0; n < parts; n++) {
    if (n > 0 && outside(boxes + n * 48, x, y, z) > least) continue;
    const d = part(from + (n << 3), x, y, z);
    if (d < least) least = d;
  }
  return least;
}

/** Numbers: the amount of blending, and the box of the second part. */
function blend(from: usize, own: usize, x: f64, y: f64, z: f64): f64 {
  const by = load<f64>(own);
  const p = part(from, x, y, z);
  if (outside(own + 8, x, y, z) > p + by) return p;
  const q = part(from + 8, x, y, z);
  const h = by - abs<f64>(p - q);
  return min<f64>(p, q) - (h > 0 ? (h * h) / (4 * by) : 0);
}

function meet(from: usize, parts: usize, x: f64, y: f64, z: f64): f64 {
  let most: f64 = -Infinity;
  for (let n: usize = 0; n < parts; n++) {
    const d = part(from + (n << 3), x, y, z);
    if (d > most) most = d;
  }
  return most;
}

function soften(from: usize, own: usize, x: f64, y: f64, z: f64): f64 {
  const by = load<f64>(own);
  const p = part(from, x, y, z);
  const q = part(from + 8, x, y, z);
  const h = by - abs<f64>(p - q);
  return max<f64>(p, q) + (h > 0 ? (h * h) / (4 * by) : 0);
}

/** Numbers: the origin, and the axes one after the other. */
function place(from: usize, own: usize, x: f64, y: f64, z: f64): f64 {
  const a = x - load<f64>(own);
  const b = y - load<f64>(own, 8);
  const c = z - load<f64>(own, 16);
  return part(
    from,
    a * load<f64>(own, 24) + b * load<f64>(own, 32) + c * load<f64>(own, 40),
    a * load<f64>(own, 48) + b * load<f64>(own, 56) + c * load<f64>(own, 64),
    a * load<f64>(own, 72) + b * load<f64>(own, 80) + c * load<f64>(own, 88),
  );
}

/** Numbers: cells of noise per mm, the amplitude in mm, and the noise's corner. */
function rough(from: usize, own: usize, x: f64, y: f64, z: f64): f64 {
  const scale = load<f64>(own);
  const by = load<f64>(own, 8);
  const d = part(from, x, y, z);
  if (d > 2 * by) return d - by;
  if (d < -2 * by) return d + by;
  setCorner(<i32>load<f64>(own, 16), <i32>load<f64>(own, 24), <i32>load<f64>(own, 32));
  return d + by * noise(x * scale, y * scale, z * scale);
}
