/** The parts of a lossless JPEG stream: frame, tables, scans (ITU-T T.81 B.2). */
import { type HuffmanTable, readHuffmanTables } from './huffman.ts';
import { isFrameMarker, SOS, scanEnd, segments } from './markers.ts';

const DHT = 0xc4;
const DRI = 0xdd;

/** One scan with the tables defined when it begins. */
export type Scan = {
  /** Its components, as indices in the frame. */
  components: { place: number; tables: number; sampling: number }[];
  /** The predictor. */
  selection: number;
  /** The point transform. */
  low: number;
  restartInterval: number;
  huffman: ReadonlyMap<number, HuffmanTable>;
  start: number;
  end: number;
};

type Component = { id: number; sampling: number };

/** Scans in order; throws if a segment is shorter than it declares. */
export function* readScans(bytes: Uint8Array): Generator<Scan> {
  const huffman = new Map<number, HuffmanTable>();
  let frame: Component[] = [];
  let restartInterval = 0;
  for (const { marker, start, end } of segments(bytes, true)) {
    const body = bytes.subarray(start, end);
    if (marker === DHT) readHuffmanTables(body, huffman);
    else if (marker === DRI) restartInterval = (body[0] << 8) | body[1];
    else if (isFrameMarker(marker)) frame = readComponents(body);
    else if (marker === SOS) {
      const data = { start: end, end: scanEnd(bytes, end) };
      yield { ...readScanHeader(body, frame), ...data, restartInterval, huffman };
    }
  }
}

function readComponents(body: Uint8Array): Component[] {
  return Array.from({ length: body[5] }, (_, i) => {
    const [id, sampling] = body.subarray(6 + 3 * i, 8 + 3 * i);
    return { id, sampling };
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
    return { place, tables, sampling: frame[place].sampling };
  });
  const [selection, , approximation] = body.subarray(1 + 2 * count, 4 + 2 * count);
  return { components, selection, low: approximation & 0x0f };
}
