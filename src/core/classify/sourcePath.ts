/** Paths of series relative to the dropped folder, and their common part. */
import type { SeriesVerdict } from './verdict.ts';

/** The single dropped folder of all files of a classification; null if there was none, or several. */
export function dropRoot(series: readonly Pick<SeriesVerdict, 'slices'>[]): string | null {
  const tops = new Set<string | null>();
  for (const { slices } of series)
    for (const { path } of slices) tops.add(path.includes('/') ? path.slice(0, path.indexOf('/')) : null);
  const [top = null] = tops;
  return tops.size === 1 ? top : null;
}

/** A path without the dropped folder's name, the likeliest to name the patient; "." is that folder. */
export function belowDrop(path: string, root: string | null): string {
  if (root === null) return path;
  if (path === root) return '.';
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

/** The common leading folders of all paths, "a/b/" or "": each path keeps at least one name. */
export function commonFolders(paths: readonly string[]): string {
  if (paths.length === 0) return '';
  const split = paths.map((path) => path.split('/'));
  const most = Math.min(...split.map(({ length }) => length)) - 1;
  let depth = 0;
  while (depth < most && split.every((names) => names[depth] === split[0][depth])) depth++;
  return split[0]
    .slice(0, depth)
    .map((name) => `${name}/`)
    .join('');
}
