/** A convolution and its gradients as plain sums in float64, to measure the engine's rounding by. */

export type Convolution = {
  /** [n, h, w, in] and [kh, kw, in, out]. */
  x: [number, number, number, number];
  filter: [number, number, number, number];
  stride: number;
  pad: number;
};

export function outputShape({ x: [n, h, w], filter: [kh, kw, , out], stride, pad }: Convolution) {
  const side = (size: number, window: number) => Math.floor((size + 2 * pad - window) / stride) + 1;
  return [n, side(h, kh), side(w, kw), out] as const;
}

/** y of x and filter; dx and dfilter of dy as well. */
export function convolution(
  shape: Convolution,
  { x, filter, dy }: { x: ArrayLike<number>; filter: ArrayLike<number>; dy: ArrayLike<number> },
) {
  const [images, height, width, ins] = shape.x;
  const [kh, kw, , outs] = shape.filter;
  const [, outHeight, outWidth] = outputShape(shape);
  const y = new Float64Array(dy.length);
  const dx = new Float64Array(x.length);
  const dfilter = new Float64Array(filter.length);
  for (let pixel = 0; pixel < images * outHeight * outWidth; pixel++) {
    const image = Math.floor(pixel / (outHeight * outWidth));
    const top = (Math.floor(pixel / outWidth) % outHeight) * shape.stride - shape.pad;
    const left = (pixel % outWidth) * shape.stride - shape.pad;
    for (let tap = 0; tap < kh * kw; tap++) {
      const row = top + Math.floor(tap / kw);
      const column = left + (tap % kw);
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const from = ((image * height + row) * width + column) * ins;
      for (let c = 0; c < ins; c++) {
        const weights = (tap * ins + c) * outs;
        const value = x[from + c];
        let sum = 0;
        for (let k = 0; k < outs; k++) {
          const gradient = dy[pixel * outs + k];
          y[pixel * outs + k] += value * filter[weights + k];
          sum += gradient * filter[weights + k];
          dfilter[weights + k] += value * gradient;
        }
        dx[from + c] += sum;
      }
    }
  }
  return { y, dx, dfilter };
}
