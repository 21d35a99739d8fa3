/** Names of images in two files: name.hdr and name.img, either of them gzipped (.gz) or not. */

const ENDING = /\.(hdr|img)(\.gz)?$/i;

/** Whether a name says that the file may be half of an image. */
export function isHalf(path: string): boolean {
  return ENDING.test(path);
}

/** The name that both halves share, and which half this is. */
export function halfOf(path: string): { name: string; kind: 'header' | 'image' } {
  const kind = ENDING.exec(path)?.[1].toLowerCase() === 'hdr' ? 'header' : 'image';
  return { name: path.replace(ENDING, ''), kind };
}

/** Where the header of an image may be, the likeliest first; none where the name is not an image's half. */
export function headerPaths(path: string): string[] {
  if (!isHalf(path)) return [];
  const { name, kind } = halfOf(path);
  if (kind === 'header') return [];
  const endings = /\.gz$/i.test(path) ? ['.hdr.gz', '.hdr'] : ['.hdr', '.hdr.gz'];
  return [...endings, ...endings.map((ending) => ending.toUpperCase())].map((ending) => name + ending);
}
