/** Names of two-file images, from the formats' meta: name.hdr and name.img, either of them gzipped (.gz) or not. */
import { PAIRS, type PairEndings } from '../formats/meta.ts';

type Half = { stem: string; kind: 'header' | 'image'; pair: PairEndings };

const GZIP = /\.gz$/i;

/** The half that a name denotes; null if none. */
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

/** Whether a file may be half of an image, by its name. */
export function isHalf(path: string): boolean {
  return readHalf(path) !== null;
}

/** The key shared by both halves (and by no other pair of the same name), and which half this is. */
export function halfOf(path: string): { name: string; kind: 'header' | 'image' } {
  const half = readHalf(path);
  if (!half) return { name: path, kind: 'image' };
  return { name: half.stem + half.pair.header[0], kind: half.kind };
}

/** Possible paths of an image's header, the likeliest first; empty if the name is not an image's half. */
export function headerPaths(path: string): string[] {
  const half = readHalf(path);
  if (half?.kind !== 'image') return [];
  const plain = half.pair.header;
  const zipped = plain.map((ending) => `${ending}.gz`);
  const endings = GZIP.test(path) ? [...zipped, ...plain] : [...plain, ...zipped];
  return [...endings, ...endings.map((ending) => ending.toUpperCase())].map((ending) => half.stem + ending);
}
