/** The parts of a Huffman-coded JPEG stream: frame, tables, scans (ITU-T T.81 B.2). */
import { type HuffmanTable, readHuffmanTables } from './huffman.ts';
import { isFrameMarker, SOS, scanEnd, segments } from './markers.ts';

const DHT = 0xc4;
const DQT = 0xdb;
const DRI = 0xdd;

/** One scan with the tables as they are when it begins. */
export type Scan = {
  /** The components in it, as places in the frame. */
  components: { place: number; tables: number; sampling: number; quantization: number }[];
  /** Spectral selection start, in lossless streams the predictor. */
  selection: number;
  /** Successive approximation low, in lossless streams the point transform. */
  low: number;
  restartInterval: number;
  huffman: ReadonlyMap<number, HuffmanTable>;
  quantization: ReadonlyMap<number, Uint16Array>;
  start: number;
  end: number;
};

type Component = { id: number; sampling: number; quantization: number };

/** Scans in their order; throws where a segment is too short for what it says. */
export function* readScans(bytes: Uint8Array): Generator<Scan> {
  const huffman = new Map<number, HuffmanTable>();
  const quantization = new Map<number, Uint16Array>();
  let frame: Component[] = [];
  let restartInterval = 0;
  for (const { marker, start, end } of segments(bytes, true)) {
    const body = bytes.subarray(start, end);
    if (marker === DHT) readHuffmanTables(body, huffman);
    else if (marker === DQT) readQuantization(body, quantization);
    else if (marker === DRI) restartInterval = (body[0] << 8) | body[1];
    else if (isFrameMarker(marker)) frame = readComponents(body);
    else if (marker === SOS) {
      const data = { start: end, end: scanEnd(bytes, end) };
      yield { ...readScanHeader(body, frame), ...data, restartInterval, huffman, quantization };
    }
  }
}

function readComponents(body: Uint8Array): Component[] {
  return Array.from({ length: body[5] }, (_, i) => {
    const [id, sampling, quantization] = body.subarray(6 + 3 * i, 9 + 3 * i);
    return { id, sampling, quantization };
  });
}

function readScanHeader(
  body: Uint8Array,
  frame: Component[],
): Pick<Scan, 'components' | 'selection' | 'low'> {
  const count = body[0];
  const components = Array.from({ length: count }, (_, i) => {
    const [id, tables] = body.subarray(1 + 2 * i, 3 + 2 * i);
    const place = frame.findIndex((component) => component.id === id);
    if (place < 0) throw new RangeError('scan component');
    const { sampling, quantization } = frame[place];
    return { place, tables, sampling, quantization };
  });
  const [selection, , approximation] = body.subarray(1 + 2 * count, 4 + 2 * count);
  return { components, selection, low: approximation & 0x0f };
}

/** 64 factors a table, in zigzag order, of 8 or 16 bits. */
function readQuantization(body: Uint8Array, tables: Map<number, Uint16Array>): void {
  for (let at = 0; at < body.length; ) {
    const wide = body[at] >> 4 === 1;
    const size = wide ? 128 : 64;
    if (at + 1 + size > body.length) throw new RangeError('quantization table');
    const factor = (i: number) =>
      wide ? (body[at + 1 + 2 * i] << 8) | body[at + 2 + 2 * i] : body[at + 1 + i];
    tables.set(
      body[at] & 0x0f,
      Uint16Array.from({ length: 64 }, (_, i) => factor(i)),
    );
    at += 1 + size;
  }
}
