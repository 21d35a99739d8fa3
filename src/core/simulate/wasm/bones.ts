/** Distances to the shapes of shape/vertebra.ts and shape/plate.ts, with the same bits. */

/** Numbers: half-width, half-depth, half-height. */
export function vertebra(own: usize, x: f64, y: f64, z: f64): f64 {
  const d = load<f64>(own, 8);
  const h = load<f64>(own, 16);
  const u = x / load<f64>(own);
  const v = y / d;
  const round = u * u + v * v;
  const t = min<f64>(1, abs<f64>(z) / h);
  const side = (sqrt<f64>(round) - 0.9 - 0.1 * t * t * t) * d;
  const end = abs<f64>(z) - h * (0.9 + 0.1 * min<f64>(1, round));
  const rim = 2 - abs<f64>(side - end);
  return max<f64>(side, end) + (rim > 0 ? (rim * rim) / 8 : 0);
}

/** Numbers: middle, axes, bend, thin, rim, foot, growth, beyond, count of corners, u and v of each. */
export function plate(own: usize, x: f64, y: f64, z: f64): f64 {
  const a = x - load<f64>(own);
  const b = y - load<f64>(own, 8);
  const c = z - load<f64>(own, 16);
  const u = load<f64>(own, 24) * a + load<f64>(own, 32) * b + load<f64>(own, 40) * c;
  const v = load<f64>(own, 48) * a + load<f64>(own, 56) * b + load<f64>(own, 64) * c;
  const bent =
    load<f64>(own, 96) +
    load<f64>(own, 104) * u +
    load<f64>(own, 112) * v +
    load<f64>(own, 120) * u * u +
    load<f64>(own, 128) * u * v +
    load<f64>(own, 136) * v * v;
  const far = abs<f64>(load<f64>(own, 72) * a + load<f64>(own, 80) * b + load<f64>(own, 88) * c - bent);
  const out = outline(own + 192, <usize>load<f64>(own, 184), u, v) - load<f64>(own, 176);
  const thick =
    load<f64>(own, 144) +
    load<f64>(own, 152) / (1 + (out * out) / 60) +
    load<f64>(own, 168) * max<f64>(0, load<f64>(own, 160) - v);
  const side = 0.9 * (far - thick);
  const round = 3 - abs<f64>(side - out);
  return max<f64>(side, out) + (round > 0 ? (round * round) / 12 : 0);
}

/** Distance to a border with `count` corners, below 0 inside. */
function outline(corners: usize, count: usize, u: f64, v: f64): f64 {
  let least: f64 = Infinity;
  let inside = false;
  const last = corners + ((count - 1) << 4);
  let pu = load<f64>(last);
  let pv = load<f64>(last, 8);
  for (let n: usize = 0; n < count; n++) {
    const corner = corners + (n << 4);
    const qu = load<f64>(corner);
    const qv = load<f64>(corner, 8);
    const du = qu - pu;
    const dv = qv - pv;
    const eu = u - pu;
    const ev = v - pv;
    const t = max<f64>(0, min<f64>(1, (eu * du + ev * dv) / (du * du + dv * dv)));
    const fu = eu - t * du;
    const fv = ev - t * dv;
    least = min<f64>(least, fu * fu + fv * fv);
    if (pv > v !== qv > v && u < pu + (du * (v - pv)) / dv) inside = !inside;
    pu = qu;
    pv = qv;
  }
  return inside ? -sqrt<f64>(least) : sqrt<f64>(least);
}
