/** Caps on one file: what is larger is refused by name before anything is allocated for it. */
export const LIMITS = {
  fileBytes: 2 * 2 ** 30,
  /** DICOM bytes before the pixel data. */
  headerBytes: 64 * 2 ** 20,
  /** The header of an image in two files: some hundred bytes, and extensions. */
  pairHeaderBytes: 2 ** 20,
  /** DICOM elements before the pixel data: a frame of an enhanced object has some fifty of its own. */
  elements: 1_000_000,
  /** DICOM sequences inside sequences. */
  nesting: 32,
  /** Rows × Columns of a frame. */
  pixels: 64 * 2 ** 20,
  frames: 20_000,
  /** Bytes of a frame's numbers as they are stored: copies of it must fit into memory beside it. */
  frameBytes: 128 * 2 ** 20,
  /** Bytes that a compressed stream may grow to: with a slice's, within half a gigabyte. */
  inflatedBytes: 448 * 2 ** 20,
  /** Growth beyond which a stream is a bomb, judged only above `inflatedFreely` bytes: masks compress well. */
  inflatedRatio: 200,
  inflatedFreely: 64 * 2 ** 20,
  /** Files of an archive; further ones are named by their number. */
  archiveFiles: 250_000,
  /** Memory that a WASM codec may need for a frame, by what it needs for a sample. */
  codecBytes: 448 * 2 ** 20,
  /** A WASM codec whose heap grew beyond this is thrown away: its memory never shrinks. */
  codecHeapBytes: 256 * 2 ** 20,
} as const;
