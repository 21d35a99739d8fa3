/** Limits of one file: larger ones are skipped with a named reason before anything is allocated. */
export const LIMITS = {
  fileBytes: 2 * 2 ** 30,
  /** DICOM bytes before the pixel data. */
  headerBytes: 64 * 2 ** 20,
  /** Header bytes of an image in two files: a few hundred bytes plus extensions. */
  pairHeaderBytes: 2 ** 20,
  /** DICOM elements before the pixel data: each frame of an enhanced object adds about fifty. */
  elements: 1_000_000,
  /** Depth of nested DICOM sequences. */
  nesting: 32,
  /** Rows × Columns of a frame. */
  pixels: 64 * 2 ** 20,
  frames: 20_000,
  /** Bytes of a frame as stored; memory must hold it and copies of it. */
  frameBytes: 128 * 2 ** 20,
  /** Inflated bytes of a compressed stream: together with a slice, at most half a gigabyte. */
  inflatedBytes: 448 * 2 ** 20,
  /** Ratio above which a stream counts as a bomb, checked only above `inflatedFreely` bytes: masks compress well. */
  inflatedRatio: 200,
  inflatedFreely: 64 * 2 ** 20,
  /** Files of an archive; the skip reason counts the rest. */
  archiveFiles: 250_000,
  /** Memory a WASM codec may use for a frame, estimated from its bytes per sample. */
  codecBytes: 448 * 2 ** 20,
  /** A WASM codec whose heap exceeds this is discarded: its memory never shrinks. */
  codecHeapBytes: 256 * 2 ** 20,
} as const;
