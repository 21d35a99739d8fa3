/** Layout of the first 64 KiB of memory; the stream and its planes begin at the heap base. */

/** One colour component. */
@unmanaged
export class Component {
  id: i32;
  h: i32;
  v: i32;
  quantization: i32;
  /** Samples that belong to the image. */
  columns: i32;
  rows: i32;
  /** Blocks of these samples, without and with the padding of the last MCUs. */
  blocksAcross: i32;
  blocksDown: i32;
  allAcross: i32;
  allDown: i32;
  /** Whether its pixels are needed. */
  kept: bool;
  /** Whether its quantization table is fixed, by its first scan. */
  latched: bool;
  /** State of the current scan. */
  dcTable: i32;
  acTable: i32;
  prediction: i32;
  /** Addresses: samples of all blocks, coefficients (with several scans), one row at full width. */
  plane: usize;
  coefficients: usize;
  line: usize;
}

export const PROGRESSIVE: i32 = 0xc2;

/** Colour space of the components. */
export const GRAY: i32 = 0;
export const YCC: i32 = 1;
export const RGB: i32 = 2;
export const CMYK: i32 = 3;
export const YCCK: i32 = 4;

@unmanaged
export class Frame {
  /** SOF0 to SOF2; 0 before the frame header. */
  marker: i32;
  precision: i32;
  columns: i32;
  rows: i32;
  components: i32;
  hMost: i32;
  vMost: i32;
  space: i32;
  restartInterval: i32;
  sawJfif: bool;
  sawAdobe: bool;
  transform: i32;
  /** Whether only the luminance is needed. */
  gray: bool;
  /** Whether three components without a marker are RGB. */
  assumesRgb: bool;
  /** Remaining blocks that scans may visit. */
  visitsLeft: i64;
  /** Address of the decoded pixels. */
  pixels: usize;
}

@unmanaged
export class Scan {
  components: i32;
  first: i32;
  last: i32;
  high: i32;
  low: i32;
  /** Remaining blocks of an end-of-band run. */
  endRun: i32;
  /** Whether coded data ended early: the rest stays as it is. */
  starved: bool;
  restartsIn: i32;
  nextRestart: i32;
}

@unmanaged
export class Bits {
  /** The next bits, left-aligned. */
  held: u64;
  count: i32;
  /** Zeros added past the end of the coded data. */
  phantom: i32;
  at: usize;
}

/** A block of an MCU. */
@unmanaged
export class Slot {
  one: Component;
  /** Look-ups and quantization table of its component. */
  dc: usize;
  ac: usize;
  factors: usize;
  /** Its position in the MCU, and the MCU's rows of blocks. */
  h: i32;
  v: i32;
  down: i32;
  /** Bytes of a row of samples. */
  width: usize;
  /** Address of the next such block's output (0: not needed), and the step to the one after. */
  at: usize;
  step: usize;
  /** Kept from block to block. */
  next: usize;
}

/** Ten at most. */
const SLOTS: usize = 64;
const SLOT_BYTES: usize = 64;

export function slot(i: i32): Slot {
  return changetype<Slot>(SLOTS + <usize>i * SLOT_BYTES);
}

export const bits = changetype<Bits>(1024);
export const frame = changetype<Frame>(1088);
export const scan = changetype<Scan>(1216);
/** Indices of the scan's components in the frame, a byte each. */
export const IN_SCAN: usize = 1280;

const COMPONENTS: usize = 1536;
const COMPONENT_BYTES: usize = 128;

export function component(place: i32): Component {
  return changetype<Component>(COMPONENTS + <usize>place * COMPONENT_BYTES);
}

/** Quantization tables: 64 factors each, in rows. */
export const FACTORS: usize = 2048;
/** Quantization tables that the components have latched. */
export const LATCHED: usize = 2560;
/** 64 coefficients of the current block; zero between blocks. */
export const BLOCK: usize = 3072;
/** A block after the first pass. */
export const HALF: usize = 3200;
/** Which tables are defined, a byte each: 4 quantization, 4 DC, 4 AC. */
export const HAS_FACTORS: usize = 3712;
export const HAS_CODES: usize = 3716;

/** Clears everything but Huffman tables, which depend on their bytes alone. */
export const STATE: usize = 1024;
export const STATE_END: usize = 3724;

/** Eight Huffman tables (4 DC, 4 AC) as in the stream, and those from which the look-ups were built. */
export const CODES: usize = 4096;
export const BUILT: usize = 6656;
export const CODES_BYTES: usize = 320;
/** See huffman.ts. */
export const LOOKUPS: usize = 12288;
export const LOOKUP_BYTES: usize = 6400;

/** Zigzag (T.81 figure A.6) to row order; damaged streams run up to 16 entries past the end. */
export const PLACES: usize = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63,
]);

/** Status of a step. */
export const OK: i32 = 0;
export const MALFORMED: i32 = 1;
export const TOO_LONG: i32 = 2;

export function ceilDiv(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}
