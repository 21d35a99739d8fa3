/** The list of skipped files as rows: one a reason, and under each the files when it is open. */
import { SKIP_CODES, type SkipCode } from '../../core/errors.ts';
import type { SkippedFile } from '../../core/protocol.ts';

/** '' stands for all. */
export type SkippedFilter = { text: string; code: SkipCode | ''; dataset: string };

export type SkippedGroup = { code: SkipCode; reason: string; next: string; files: SkippedFile[] };
export type SkippedRow =
  | { kind: 'group'; group: SkippedGroup; open: boolean }
  | { kind: 'file'; file: SkippedFile; detail: string };

/** By reason, the largest group first; details of single files don't make groups of their own. */
export function groupSkipped(
  files: readonly SkippedFile[],
  { text, code, dataset }: SkippedFilter,
): SkippedGroup[] {
  const wanted = text.trim().toLowerCase();
  const groups = new Map<SkipCode, SkippedGroup>();
  for (const file of files) {
    if (code && file.code !== code) continue;
    if (dataset && file.dataset !== dataset) continue;
    if (wanted && !`${file.path}\n${file.reason}`.toLowerCase().includes(wanted)) continue;
    const group = groups.get(file.code) ?? { code: file.code, ...SKIP_CODES[file.code], files: [] };
    group.files.push(file);
    groups.set(file.code, group);
  }
  return [...groups.values()].sort((a, b) => b.files.length - a.files.length);
}

export function skippedRows(
  groups: readonly SkippedGroup[],
  open: (code: SkipCode) => boolean,
): SkippedRow[] {
  return groups.flatMap((group): SkippedRow[] => {
    const head: SkippedRow = { kind: 'group', group, open: open(group.code) };
    if (!head.open) return [head];
    return [
      head,
      ...group.files.map((file): SkippedRow => ({ kind: 'file', file, detail: detailOf(file, group) })),
    ];
  });
}

/** What a file's reason says beyond its group's: "12 frames", "rows × columns". */
function detailOf({ reason }: SkippedFile, group: SkippedGroup): string {
  return reason.startsWith(group.reason)
    ? reason
        .slice(group.reason.length)
        .trim()
        .replace(/^\((.*)\)$/, '$1')
    : reason;
}

/** Every value that occurs, the most frequent first. */
export function occurring<T extends string>(
  files: readonly SkippedFile[],
  of: (file: SkippedFile) => T,
): { value: T; files: number }[] {
  const counts = new Map<T, number>();
  for (const file of files) counts.set(of(file), (counts.get(of(file)) ?? 0) + 1);
  return Array.from(counts, ([value, n]) => ({ value, files: n })).sort((a, b) => b.files - a.files);
}
