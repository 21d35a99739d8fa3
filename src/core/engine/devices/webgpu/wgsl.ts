/** Pieces of WGSL that several programs use. */

/** The type of `width` neighbouring floats. */
export function floats(width: 1 | 4): 'f32' | 'vec4f' {
  return width === 4 ? 'vec4f' : 'f32';
}

/** Four channels at a time if their number is a multiple of four. */
export function widthOf(channels: number): 1 | 4 {
  return channels % 4 === 0 ? 4 : 1;
}

/**
 * `relu(x)`: 0 for negative numbers. Compares bits, because compilers may assume that there is no NaN, and NaN must be
 * kept.
 */
export function reluFunction(width: 1 | 4): string {
  const [type, bits] = width === 4 ? ['vec4f', 'vec4u'] : ['f32', 'u32'];
  return `
fn relu(x: ${type}) -> ${type} {
  let b = bitcast<${bits}>(x);
  return select(x, ${type}(0), (b >= ${bits}(0x80000000u)) & (b <= ${bits}(0xff800000u)));
}`;
}

/** `openWhere(dy, y)`: dy where y > 0, else 0. */
export function maskFunction(width: 1 | 4): string {
  const type = floats(width);
  return `
fn openWhere(dy: ${type}, y: ${type}) -> ${type} { return select(${type}(0), dy, y > ${type}(0)); }`;
}
