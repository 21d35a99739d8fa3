/** Pooling, and the padded copies that convolutions with few channels read. */
import { argument, pointer, take } from './control';
import { loadSome, storeSome } from './lanes';

/**
 * y and argmax (index into the image's h·w·c) of each window; the first of equals and the first NaN win. An item is
 * an output row.
 *
 * arguments: 0 x, 1 y, 2 argmax, 3 n, 4 h, 5 w, 6 c, 7 outH, 8 outW, 9 window, 10 stride, 11 pad
 */
export function maxPool(_thread: i32): void {
  const h = argument(4);
  const w = argument(5);
  const c = argument(6);
  const outH = argument(7);
  const outW = argument(8);
  const window = argument(9);
  const stride = argument(10);
  const pad = argument(11);
  const items = argument(3) * outH;
  for (let item = take(); item < items; item = take()) {
    const x = pointer(0) + ((<usize>((item / outH) * h * w * c)) << 2);
    const top = (item % outH) * stride - pad;
    let to = (<usize>(item * outW * c)) << 2;
    for (let column = 0; column < outW; column++) {
      const left = column * stride - pad;
      const y0 = max(top, 0);
      const y1 = min(top + window, h);
      const x0 = max(left, 0);
      const x1 = min(left + window, w);
      for (let channel = 0; channel < c; channel += 4) {
        const count = c - channel;
        let best = f32x4.splat(-Infinity);
        let where = i32x4.splat((y0 * w + x0) * c + channel);
        for (let row = y0; row < y1; row++) {
          for (let at = x0; at < x1; at++) {
            const index = (row * w + at) * c + channel;
            const value = loadSome(x + ((<usize>index) << 2), count);
            // Not (value ≤ best): the value is larger or NaN; a NaN in best stays.
            const better = v128.and(v128.not(f32x4.le(value, best)), f32x4.eq(best, best));
            best = v128.bitselect(value, best, better);
            where = v128.bitselect(i32x4.splat(index), where, better);
          }
        }
        where = i32x4.add(where, i32x4(0, 1, 2, 3));
        storeSome(pointer(1) + to, best, count);
        storeSome(pointer(2) + to, where, count);
        to += (<usize>min(count, 4)) << 2;
      }
    }
  }
}

/** Channels per item: a cache line, so that threads never share one. */
const SLICE: i32 = 16;

/**
 * dx: dy added where argmax points. An item is 16 channels of one image, whose maxima lie in these channels.
 *
 * arguments: 0 dy, 1 argmax, 2 dx, 3 n, 4 pixels of x, 5 c, 6 pixels of y
 */
export function maxPoolGradient(_thread: i32): void {
  const pixels = argument(4);
  const c = argument(5);
  const outPixels = argument(6);
  const slices = (c + SLICE - 1) / SLICE;
  const items = argument(3) * slices;
  for (let item = take(); item < items; item = take()) {
    const image = item / slices;
    const first = (item % slices) * SLICE;
    const last = min(first + SLICE, c);
    const dx = pointer(2) + ((<usize>(image * pixels * c)) << 2);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const to = dx + ((<usize>(pixel * c)) << 2);
      for (let channel = first; channel < last; channel += 4) {
        storeSome(to + ((<usize>channel) << 2), f32x4.splat(0), last - channel);
      }
    }
    for (let pixel = 0; pixel < outPixels; pixel++) {
      const at = (<usize>((image * outPixels + pixel) * c)) << 2;
      for (let channel = first; channel < last; channel++) {
        const from = at + ((<usize>channel) << 2);
        const to = dx + ((<usize>load<u32>(pointer(1) + from)) << 2);
        store<f32>(to, load<f32>(to) + load<f32>(pointer(0) + from));
      }
    }
  }
}

/**
 * y: averages over PyTorch's bins. An item is an output row.
 * arguments: 0 x, 1 y, 2 n, 3 h, 4 w, 5 c, 6 outH, 7 outW
 */
export function averagePool(_thread: i32): void {
  const h = argument(3);
  const w = argument(4);
  const c = argument(5);
  const outH = argument(6);
  const outW = argument(7);
  const items = argument(2) * outH;
  for (let item = take(); item < items; item = take()) {
    const x = pointer(0) + ((<usize>((item / outH) * h * w * c)) << 2);
    const row = item % outH;
    const y0 = (row * h) / outH;
    const y1 = ((row + 1) * h + outH - 1) / outH;
    let to = pointer(1) + ((<usize>(item * outW * c)) << 2);
    for (let column = 0; column < outW; column++) {
      const x0 = (column * w) / outW;
      const x1 = ((column + 1) * w + outW - 1) / outW;
      const scale = f32x4.splat(1 / <f32>((y1 - y0) * (x1 - x0)));
      for (let channel = 0; channel < c; channel += 4) {
        const count = c - channel;
        let sum = f32x4.splat(0);
        for (let i = y0; i < y1; i++) {
          for (let j = x0; j < x1; j++) {
            sum = f32x4.add(sum, loadSome(x + ((<usize>((i * w + j) * c + channel)) << 2), count));
          }
        }
        storeSome(to, f32x4.mul(sum, scale), count);
        to += (<usize>min(count, 4)) << 2;
      }
    }
  }
}

/** dx of averagePool, in which bins may overlap. An item is an image. Arguments: 0 dx, 1 dy, else as averagePool. */
export function averagePoolGradient(_thread: i32): void {
  const images = argument(2);
  const h = argument(3);
  const w = argument(4);
  const c = argument(5);
  const outH = argument(6);
  const outW = argument(7);
  const imageBytes = (<usize>(h * w * c)) << 2;
  for (let image = take(); image < images; image = take()) {
    const dx = pointer(0) + <usize>image * imageBytes;
    memory.fill(dx, 0, imageBytes);
    let from = pointer(1) + ((<usize>(image * outH * outW * c)) << 2);
    for (let row = 0; row < outH; row++) {
      const y0 = (row * h) / outH;
      const y1 = ((row + 1) * h + outH - 1) / outH;
      for (let column = 0; column < outW; column++) {
        const x0 = (column * w) / outW;
        const x1 = ((column + 1) * w + outW - 1) / outW;
        const scale = f32x4.splat(1 / <f32>((y1 - y0) * (x1 - x0)));
        for (let channel = 0; channel < c; channel += 4) {
          const count = c - channel;
          const share = f32x4.mul(loadSome(from, count), scale);
          for (let i = y0; i < y1; i++) {
            for (let j = x0; j < x1; j++) {
              const to = dx + ((<usize>((i * w + j) * c + channel)) << 2);
              storeSome(to, f32x4.add(loadSome(to, count), share), count);
            }
          }
          from += (<usize>min(count, 4)) << 2;
        }
      }
    }
  }
}

/**
 * Copies of images with a border of zeros. An item is a row of the copy.
 * arguments: 0 x, 1 copy, 2 n, 3 h, 4 w, 5 c, 6 pad
 */
export function padImages(_thread: i32): void {
  const h = argument(3);
  const pad = argument(6);
  const rowBytes = (<usize>(argument(4) * argument(5))) << 2;
  const border = (<usize>(pad * argument(5))) << 2;
  const rows = h + 2 * pad;
  const items = argument(2) * rows;
  for (let item = take(); item < items; item = take()) {
    const to = pointer(1) + <usize>item * (rowBytes + 2 * border);
    const row = (item % rows) - pad;
    if (row < 0 || row >= h) {
      memory.fill(to, 0, rowBytes + 2 * border);
      continue;
    }
    memory.fill(to, 0, border);
    memory.copy(to + border, pointer(0) + <usize>((item / rows) * h + row) * rowBytes, rowBytes);
    memory.fill(to + border + rowBytes, 0, border);
  }
}
