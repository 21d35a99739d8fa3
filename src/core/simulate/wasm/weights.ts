/** Weighted means along one axis (src/core/simulate/blur.ts), with the same bits. */

function pair(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

/**
 * `values` is [outer][length][inner], blurred along the middle axis in place; edges repeat outside. `weights`: those of
 * −reach … reach, symmetric. `wide`: memory for length + 2 · reach lines of `inner` numbers.
 */
export function weigh(
  values: usize,
  outer: i32,
  length: i32,
  inner: i32,
  weights: usize,
  reach: i32,
  wide: usize,
): void {
  const line = (<usize>inner) << 2;
  const own = <usize>length * line;
  const pad = <usize>reach * line;
  const middleWeight = weights + ((<usize>reach) << 3);
  const centre = load<f64>(middleWeight);
  for (let o = 0; o < outer; o++) {
    const from = values + <usize>o * own;
    for (let n: usize = 0; n < pad; n += line) {
      memory.copy(wide + n, from, line);
      memory.copy(wide + pad + own + n, from + own - line, line);
    }
    memory.copy(wide + pad, from, own);
    let at: usize = 0;
    for (; at + 8 <= own; at += 8) {
      const middle = wide + pad + at;
      let sum = f64x2.mul(f64x2.splat(centre), pair(middle));
      for (let w = 1, off = line; w <= reach; w++, off += line) {
        const both = f64x2.add(pair(middle - off), pair(middle + off));
        sum = f64x2.add(sum, f64x2.mul(f64x2.splat(load<f64>(middleWeight + ((<usize>w) << 3))), both));
      }
      v128.store64_lane(from + at, f32x4.demote_f64x2_zero(sum), 0);
    }
    if (at < own) {
      const middle = wide + pad + at;
      let sum = centre * <f64>load<f32>(middle);
      for (let w = 1, off = line; w <= reach; w++, off += line) {
        sum +=
          load<f64>(middleWeight + ((<usize>w) << 3)) *
          (<f64>load<f32>(middle - off) + <f64>load<f32>(middle + off));
      }
      store<f32>(from + at, <f32>sum);
    }
  }
}
