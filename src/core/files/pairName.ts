/** Names of images in two files, as the formats say: name.hdr and name.img, either of them gzipped (.gz) or not. */
import { PAIRS, type PairEndings } from '../formats/meta.ts';

type Half = { stem: string; kind: 'header' | 'image'; pair: PairEndings };

const GZIP = /\.gz$/i;

/** What the name says of a half; null where it is none's. */
function readHalf(path: string): Half | null {
  const bare = path.replace(GZIP, '');
  const lower = bare.toLowerCase();
  for (const pair of PAIRS) {
    for (const kind of ['header', 'image'] as const) {
      const ending = pair[kind].find((one) => lower.endsWith(one));
      if (ending) return { stem: bare.slice(0, bare.length - ending.length), kind, pair };
    }
  }
  return null;
}

/** Whether a name says that the file may be half of an image. */
export function isHalf(path: string): boolean {
  return readHalf(path) !== null;
}

/** What both halves share, other pairs of the same name left aside, and which half this is. */
export function halfOf(path: string): { name: string; kind: 'header' | 'image' } {
  const half = readHalf(path);
  if (!half) return { name: path, kind: 'image' };
  return { name: half.stem + half.pair.header[0], kind: half.kind };
}

/** Where the header of an image may be, the likeliest first; none where the name is not an image's half. */
export function headerPaths(path: string): string[] {
  const half = readHalf(path);
  if (half?.kind !== 'image') return [];
  const plain = half.pair.header;
  const zipped = plain.map((ending) => `${ending}.gz`);
  const endings = GZIP.test(path) ? [...zipped, ...plain] : [...plain, ...zipped];
  return [...endings, ...endings.map((ending) => ending.toUpperCase())].map((ending) => half.stem + ending);
}
