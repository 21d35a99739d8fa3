/** Writes zip archives byte by byte, with any fault a test wants (APPNOTE.TXT 6.3.10). */
import { deflateSync } from 'fflate';
import { crc32 } from '../../src/core/bytes/crc32.ts';

export type ZipPart = {
  /** Text is written as UTF-8 and says so; bytes are written as they are, without the flag. */
  name: string | Uint8Array;
  content: string | Uint8Array;
  deflate?: boolean;
  /** More general purpose flags: 1 is "encrypted". */
  flags?: number;
  /** Declared in place of what is true. */
  crc?: number;
  size?: number;
  method?: number;
  /** Bytes of extra field that only the local header has. */
  localExtra?: number;
};

export type ZipOptions = {
  zip64?: boolean;
  comment?: string;
  /** Bytes in front of the archive, which its offsets don't know of. */
  before?: number;
};

const UTF8 = 0x800;

export function makeZip(parts: readonly ZipPart[], options: ZipOptions = {}): Blob {
  const { zip64 = false, comment = '', before = 0 } = options;
  const locals: Uint8Array<ArrayBuffer>[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = bytesOf(part.name);
    const content = bytesOf(part.content);
    const packed = part.deflate ? deflateSync(content) : content;
    const flags = (part.flags ?? 0) | (typeof part.name === 'string' ? UTF8 : 0);
    const common = [
      ...u16(flags),
      ...u16(part.method ?? (part.deflate ? 8 : 0)),
      ...u32(0),
      ...u32(part.crc ?? crc32(content)),
    ];
    const size = part.size ?? content.length;
    const extra = new Uint8Array(part.localExtra ?? 0);
    const local = join(
      Uint8Array.of(...u32(0x04034b50), ...u16(20), ...common, ...u32(packed.length), ...u32(size)),
      Uint8Array.of(...u16(name.length), ...u16(extra.length)),
      name,
      extra,
      packed,
    );
    const wide = zip64 ? [...u16(1), ...u16(24), ...u64(size), ...u64(packed.length), ...u64(offset)] : [];
    const sizes = zip64 ? [packed.length, size, offset].map(() => 0xffffffff) : [packed.length, size, offset];
    centrals.push(
      join(
        Uint8Array.of(
          ...u32(0x02014b50),
          ...u16(20),
          ...u16(20),
          ...common,
          ...u32(sizes[0]),
          ...u32(sizes[1]),
        ),
        Uint8Array.of(...u16(name.length), ...u16(wide.length), ...u16(0), ...u16(0), ...u16(0), ...u32(0)),
        Uint8Array.of(...u32(sizes[2])),
        name,
        Uint8Array.from(wide),
      ),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = join(...centrals);
  const ends = zip64 ? end64(parts.length, directory.length, offset) : new Uint8Array(0);
  const end = Uint8Array.of(
    ...u32(0x06054b50),
    ...u32(0),
    ...u16(zip64 ? 0xffff : parts.length),
    ...u16(zip64 ? 0xffff : parts.length),
    ...u32(zip64 ? 0xffffffff : directory.length),
    ...u32(zip64 ? 0xffffffff : offset),
    ...u16(comment.length),
  );
  return new Blob([new Uint8Array(before), ...locals, directory, ends, end, comment]);
}

/** The end record of zip64 and its locator. */
function end64(count: number, directory: number, offset: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(
    ...u32(0x06064b50),
    ...u64(44),
    ...u16(45),
    ...u16(45),
    ...u32(0),
    ...u32(0),
    ...u64(count),
    ...u64(count),
    ...u64(directory),
    ...u64(offset),
    ...u32(0x07064b50),
    ...u32(0),
    ...u64(offset + directory),
    ...u32(1),
  );
}

function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? new TextEncoder().encode(value) : value;
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function u16(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff];
}

function u32(value: number): number[] {
  return [...u16(value), ...u16(value >>> 16)];
}

function u64(value: number): number[] {
  return [...u32(value), ...u32(Math.floor(value / 2 ** 32))];
}
