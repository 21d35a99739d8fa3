/**
 * Parallel-beam projections of four slices at once, and their adjoint. Successive slices share the geometry, so one
 * vector holds the same pixel of four slices: images are [y][x][4], sinograms [view][bin][4].
 */

/** Places in a row have the unit 1/65536 of its pitch: splitting whole numbers is faster than splitting floats. */
const ONE: f64 = 65536;
const PER_ONE: f32 = 1 / 65536;

/** First and last index for which start + i · step is within 0 … last, all in 1/65536. */
let from = 0;
let to = 0;
function within(start: i64, step: i64, last: i64, count: i32): void {
  if (step === 0) {
    from = 0;
    to = start < 0 || start > last ? -1 : count - 1;
    return;
  }
  const rising = step > 0;
  const size: i64 = rising ? step : -step;
  const before: i64 = rising ? -start : start - last;
  const until: i64 = rising ? last - start : start;
  from = before > 0 ? <i32>min<i64>((before + size - 1) / size, <i64>count) : 0;
  to = until < 0 ? -1 : <i32>min<i64>(until / size, <i64>(count - 1));
}

/** A square image's rows become its columns. */
function turn(from: usize, to: usize, size: i32): void {
  const row = (<usize>size) << 4;
  for (let y = 0; y < size; y++) {
    let out = to + ((<usize>y) << 4);
    for (const end = from + row; from < end; from += 16, out += row) v128.store(out, v128.load(from));
  }
}

/**
 * Line integrals by Joseph's method (IEEE Trans Med Imaging 1982, 1: 192): the loop follows a ray from row to row of
 * the image, or of its transpose if the ray runs across, and interpolates within the row. Memory behind the images has
 * room for the transpose. `rays` holds five numbers a view: whether it runs across, x0, dx, dy and length. The ray of
 * bin b crosses row y at x = x0 + b · dx + y · dy, in pixels; each row has the weight `length`.
 */
export function project(images: usize, size: i32, rays: usize, views: i32, sinogram: usize, bins: i32): void {
  const unit = f32x4.splat(PER_ONE);
  const last: i64 = ((<i64>(size - 1)) << 16) - 1;
  const turned = images + ((<usize>(size * size)) << 4);
  turn(images, turned, size);
  for (let view = 0; view < views; view++) {
    const ray = rays + <usize>(view * 40);
    const image = load<f64>(ray) !== 0 ? turned : images;
    const x0 = load<f64>(ray, 8);
    const dy = load<f64>(ray, 24);
    const step = <i32>(load<f64>(ray, 16) * ONE);
    const scale = f32x4.splat(<f32>load<f64>(ray, 32));
    const line = sinogram + ((<usize>(view * bins)) << 4);
    for (let y = 0; y < size; y++) {
      const row = image + ((<usize>(y * size)) << 4);
      const start = <i64>((x0 + <f64>y * dy) * ONE);
      within(start, <i64>step, last, bins);
      const end = to;
      let x = <i32>(start + <i64>from * <i64>step);
      let out = line + ((<usize>from) << 4);
      for (let b = from; b <= end; b++) {
        const share = f32x4.mul(f32x4.convert_i32x4_s(i32x4.splat(x & 0xffff)), unit);
        const pixel = row + ((<usize>(x >> 16)) << 4);
        const left = v128.load(pixel);
        const value = f32x4.add(left, f32x4.mul(share, f32x4.sub(v128.load(pixel, 16), left)));
        v128.store(out, f32x4.add(v128.load(out), f32x4.mul(scale, value)));
        x += step;
        out += 16;
      }
    }
  }
}

/** Adds what one view gives to pixels `first` up to `end` of a row; `t` is the bin of pixel 0, in 1/65536. */
function addView(row: usize, values: usize, t: i64, step: i64, first: i32, end: i32): void {
  const unit = f32x4.splat(PER_ONE);
  let place = <i32>(t + <i64>first * step);
  let out = row + ((<usize>first) << 4);
  for (let x = first; x < end; x++) {
    const share = f32x4.mul(f32x4.convert_i32x4_s(i32x4.splat(place & 0xffff)), unit);
    const bin = values + ((<usize>(place >> 16)) << 4);
    const left = v128.load(bin);
    const value = f32x4.add(left, f32x4.mul(share, f32x4.sub(v128.load(bin, 16), left)));
    v128.store(out, f32x4.add(v128.load(out), value));
    place += <i32>step;
    out += 16;
  }
}

/**
 * Adds the views' values to the pixels on their rays. `views` holds three numbers a view: the bins per pixel of a row,
 * the bins per row, and the bin of pixel (0, 0). Bins outside add nothing. A pixel of two successive views is read and
 * written once.
 */
export function backproject(
  sinogram: usize,
  bins: i32,
  views: usize,
  count: i32,
  image: usize,
  columns: i32,
  rows: i32,
): void {
  const unit = f32x4.splat(PER_ONE);
  const last: i64 = ((<i64>(bins - 1)) << 16) - 1;
  const line = (<usize>bins) << 4;
  for (let y = 0; y < rows; y++) {
    const row = image + ((<usize>(y * columns)) << 4);
    for (let v = 0; v < count; v += 2) {
      const view = views + <usize>(v * 24);
      const step = <i64>(<i32>(load<f64>(view) * ONE));
      const start = <i64>((load<f64>(view, 16) + <f64>y * load<f64>(view, 8)) * ONE);
      within(start, step, last, columns);
      const begin = from;
      const end = to + 1;
      const values = sinogram + <usize>v * line;
      if (v + 1 === count) {
        addView(row, values, start, step, begin, end);
        break;
      }
      const step2 = <i64>(<i32>(load<f64>(view, 24) * ONE));
      const start2 = <i64>((load<f64>(view, 40) + <f64>y * load<f64>(view, 32)) * ONE);
      within(start2, step2, last, columns);
      const values2 = values + line;
      const both = max<i32>(begin, from);
      const until = min<i32>(end, to + 1);
      if (both >= until) {
        addView(row, values, start, step, begin, end);
        addView(row, values2, start2, step2, from, to + 1);
        continue;
      }
      addView(row, values, start, step, begin, both);
      addView(row, values2, start2, step2, from, both);
      let t = <i32>(start + <i64>both * step);
      let u = <i32>(start2 + <i64>both * step2);
      let out = row + ((<usize>both) << 4);
      for (let x = both; x < until; x++) {
        const share = f32x4.mul(f32x4.convert_i32x4_s(i32x4.splat(t & 0xffff)), unit);
        const bin = values + ((<usize>(t >> 16)) << 4);
        const left = v128.load(bin);
        const value = f32x4.add(left, f32x4.mul(share, f32x4.sub(v128.load(bin, 16), left)));
        const share2 = f32x4.mul(f32x4.convert_i32x4_s(i32x4.splat(u & 0xffff)), unit);
        const bin2 = values2 + ((<usize>(u >> 16)) << 4);
        const left2 = v128.load(bin2);
        const value2 = f32x4.add(left2, f32x4.mul(share2, f32x4.sub(v128.load(bin2, 16), left2)));
        v128.store(out, f32x4.add(f32x4.add(v128.load(out), value), value2));
        t += <i32>step;
        u += <i32>step2;
        out += 16;
      }
      addView(row, values, start, step, until, end);
      addView(row, values2, start2, step2, until, to + 1);
    }
  }
}
