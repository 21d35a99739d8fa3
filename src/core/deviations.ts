/**
 * Tolerated violations of a file's format: a closed list, each with the reader's action in
 * one sentence. Nothing here is copied from a file.
 */
export const DEVIATIONS = {
  'other-codec':
    'The compressed pixels are of another kind than the transfer syntax says; their own markers were followed.',
  'native-pixels':
    'The transfer syntax says that pixels are compressed; they are not, and were read as they are.',
  'no-fragments': 'The compressed pixels are not divided into fragments; they were read as one stream.',
  'retired-syntax': 'The transfer syntax is retired; the pixels’ own markers were followed.',
  'private-syntax':
    'The transfer syntax is a maker’s own; it was read as that maker’s files are known to be.',
  'stray-bytes':
    'The JPEG stream has bytes between its segments that belong to none; they were stepped over.',
  'rle-spare': 'The RLE data hold more bytes than the image needs; those behind were left unread.',
  'byte-order':
    'Pixels of this big endian file are not in the order of bytes that is due; the one was taken in which neighbours are alike.',
  'palette-width': 'The palette is not stored as its descriptor says; the length of its data was followed.',
  'sequence-length': 'A sequence has a wrong length; the next element that makes sense was looked for.',
  'odd-vr': 'Elements are not written as the transfer syntax says; what follows them told how they are.',
  'other-colors': 'The colours in the stream are other ones than the header says; the stream was followed.',
  'exchanged-size':
    'Rows and columns of the compressed pixels are exchanged; they were laid out as the header says.',
  'frame-count':
    'The number of frames in the header is not that of the pixels; frames that both have were read.',
  'spare-bytes': 'The file holds more bytes than the header says; those behind were left unread.',
  'cut-pixels': 'The file ends before its last slice; those that are whole were read.',
  'one-file': 'The header says that pixels are in another file; they stand behind it.',
  'header-size': 'The header begins with a wrong size of itself; the other fields were followed.',
  'bits-of-type': 'The header names other bits than its data type has; the type was followed.',
  'one-directory': 'One page describes several planes; they were read one behind the other.',
  'strip-lengths': 'The lengths of strips are missing or wrong; the places of strips were followed.',
  thumbnail: 'Two images stand in the data set; the one of the size that the header says was taken.',
} as const satisfies Record<string, string>;

export type Deviation = keyof typeof DEVIATIONS;
