/** JPEG lossless: process 14 with every predictor, 2 to 16 bits (ITU-T T.81 Annex H). */
import { BitReader, type HuffmanTable } from './huffman.ts';
import { deviationOf, frameHeader } from './markers.ts';
import { readScans, type Scan } from './scans.ts';
import { differs, type FrameSize } from './size.ts';
import type { Codec } from './types.ts';

const SOF3 = 0xc3;
/** Horizontal and vertical sampling of 1. */
const NOT_SUBSAMPLED = 0x11;

type Samples = Uint8Array | Uint16Array;

export const jpegLossless: Codec = {
  meta: {
    name: 'jpegLossless',
    label: 'JPEG lossless',
    syntaxes: ['1.2.840.10008.1.2.4.57', '1.2.840.10008.1.2.4.70'],
  },

  async decode(bytes, promised) {
    const header = frameHeader(bytes);
    if (header?.marker !== SOF3) return { code: 'malformed', detail: 'lossless JPEG header' };
    const wrong = differs(header, promised);
    if (wrong) return wrong;
    const { precision, rows, columns, samples } = header;
    if (precision < 2 || precision > 16) return { code: 'malformed', detail: 'lossless JPEG header' };
    const count = rows * columns * samples;
    const values = precision > 8 ? new Uint16Array(count) : new Uint8Array(count);
    const seen = new Set<number>();
    for (const scan of readScans(bytes)) {
      if (samples > 1 && scan.components.some(({ sampling }) => sampling !== NOT_SUBSAMPLED)) {
        return { code: 'pixel-layout', detail: 'subsampled lossless JPEG' };
      }
      decodeScan(bytes, scan, values, header, precision);
      for (const { place } of scan.components) seen.add(place);
    }
    if (seen.size < samples) return { code: 'truncated' };
    const deviation = deviationOf(header);
    return { values, samples, planar: false, precision, lossy: false, rgb: false, deviation };
  },
};

/** A scan interleaves its components, one sample of each per pixel. */
function decodeScan(bytes: Uint8Array, scan: Scan, out: Samples, size: FrameSize, precision: number): void {
  const { columns, rows, samples } = size;
  const { selection, low, restartInterval } = scan;
  const reader = new BitReader(bytes, scan.start, scan.end);
  const tables = scan.components.map(({ tables }) => dcTable(scan, tables >> 4));
  const places = scan.components.map(({ place }) => place);
  const middle = 1 << (precision - low - 1);
  // Prediction restarts with each restart interval; intervals are whole lines.
  if (restartInterval % columns) throw new RangeError('restart interval');
  const linesApart = restartInterval / columns || rows;

  for (let y = 0; y < rows; y++) {
    const fresh = y % linesApart === 0;
    if (fresh && y > 0) reader.restart();
    for (let x = 0; x < columns; x++) {
      for (let c = 0; c < places.length; c++) {
        const at = (y * columns + x) * samples + places[c];
        const up = at - columns * samples;
        let prediction: number;
        if (fresh) prediction = x === 0 ? middle : out[at - samples];
        else if (x === 0) prediction = out[up];
        else prediction = predict(selection, out[at - samples], out[up], out[up - samples]);
        out[at] = prediction + difference(reader, tables[c]);
      }
    }
  }
  if (low > 0) for (const place of places) for (let i = place; i < out.length; i += samples) out[i] <<= low;
}

/** Table H.1; a, b and c are the samples to the left, above, and above left. */
function predict(selection: number, a: number, b: number, c: number): number {
  switch (selection) {
    case 1:
      return a;
    case 2:
      return b;
    case 3:
      return c;
    case 4:
      return a + b - c;
    case 5:
      return a + ((b - c) >> 1);
    case 6:
      return b + ((a - c) >> 1);
    case 7:
      return (a + b) >> 1;
    default:
      throw new RangeError('predictor');
  }
}

/** H.1.2.2: differences are modulo 2¹⁶; category 16 is 32,768 and has no further bits. */
function difference(reader: BitReader, table: HuffmanTable): number {
  const category = reader.symbol(table);
  if (category === 0) return 0;
  if (category < 16) return reader.signed(category);
  if (category === 16) return 32_768;
  throw new RangeError('difference category');
}

function dcTable({ huffman }: Scan, destination: number): HuffmanTable {
  const table = huffman.get(destination);
  if (!table) throw new RangeError('Huffman table');
  return table;
}
