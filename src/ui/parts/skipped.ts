/** Converts a list of files with reasons to rows: one per reason, and its files below when open. */
import type { Drop } from '../../app/state.ts';
import type { RemarkedFile, SkippedFile } from '../../core/files/progress.ts';
import { REMARK_CODES, type RemarkCode } from '../../core/remarks.ts';
import { SKIP_CODES, type SkipCode } from '../../core/skip.ts';
import { count, plural } from '../format.ts';

/** A skipped file, or a remark on a file that was read. */
export type ListedFile = SkippedFile | RemarkedFile;
export type ListedCode = SkipCode | RemarkCode;

/** The sentences of every code. */
export const CODE_WORDS = { ...SKIP_CODES, ...REMARK_CODES } as const satisfies Record<
  ListedCode,
  { reason: string; next: string }
>;

/** '' means all. */
export type SkippedFilter = { text: string; code: ListedCode | ''; dataset: string };

export type SkippedGroup = {
  /** Its code; of objects without an image, also what they are. */
  key: string;
  code: ListedCode;
  reason: string;
  next: string;
  files: ListedFile[];
};
export type SkippedRow =
  | { kind: 'group'; group: SkippedGroup; open: boolean }
  | { kind: 'file'; file: ListedFile; detail: string };

/**
 * By reason, the largest group first. Objects without an image form groups by what they are; other details of single
 * files don't.
 */
export function groupSkipped(
  files: readonly ListedFile[],
  { text, code, dataset }: SkippedFilter,
): SkippedGroup[] {
  const wanted = text.trim().toLowerCase();
  const groups = new Map<string, SkippedGroup>();
  for (const file of files) {
    if (code && file.code !== code) continue;
    if (dataset && file.dataset !== dataset) continue;
    if (wanted && !`${file.path}\n${file.reason}`.toLowerCase().includes(wanted)) continue;
    const named = groupOf(file);
    const group = groups.get(named.key) ?? { ...named, files: [] };
    group.files.push(file);
    groups.set(named.key, group);
  }
  return [...groups.values()].sort((a, b) => b.files.length - a.files.length);
}

function groupOf(file: ListedFile): Omit<SkippedGroup, 'files'> {
  const { code } = file;
  const words = CODE_WORDS[code];
  const what = code === 'dicom-no-pixels' ? detailOf(file, words.reason) : '';
  if (what === '') return { key: code, code, ...words };
  const reason = `${what.charAt(0).toUpperCase()}${what.slice(1)}, which is no image.`;
  return { key: `${code} ${what}`, code, reason, next: words.next };
}

export function skippedRows(groups: readonly SkippedGroup[], open: (key: string) => boolean): SkippedRow[] {
  return groups.flatMap((group): SkippedRow[] => {
    const head: SkippedRow = { kind: 'group', group, open: open(group.key) };
    if (!head.open) return [head];
    return [
      head,
      ...group.files.map(
        (file): SkippedRow => ({
          kind: 'file',
          file,
          detail: group.key === group.code ? detailOf(file, group.reason) : '',
        }),
      ),
    ];
  });
}

/** The detail of a file's reason: "12 frames", "rows × columns". */
function detailOf({ reason }: ListedFile, common: string): string {
  return reason.startsWith(common)
    ? reason
        .slice(common.length)
        .trim()
        .replace(/^\((.*)\)$/, '$1')
    : reason;
}

/** Every value that occurs, the most frequent first. */
export function occurring<T extends string>(
  files: readonly ListedFile[],
  of: (file: ListedFile) => T,
): { value: T; files: number }[] {
  const counts = new Map<T, number>();
  for (const file of files) counts.set(of(file), (counts.get(of(file)) ?? 0) + 1);
  return Array.from(counts, ([value, n]) => ({ value, files: n })).sort((a, b) => b.files - a.files);
}

/** Lists of a drop's files. */
export const FILE_LISTS = ['unused', 'partial', 'remarks'] as const;
export type FileList = (typeof FILE_LISTS)[number];

type Lists = Pick<Drop, 'unused' | 'remarks'>;

export function listedFiles({ unused, remarks }: Lists, list: FileList): readonly ListedFile[] {
  if (list === 'remarks') return remarks;
  return unused.filter(({ partial }) => partial === (list === 'partial'));
}

/** The default list. */
export function firstList(drop: Lists): FileList {
  return FILE_LISTS.find((list) => listedFiles(drop, list).length > 0) ?? 'unused';
}

/** Figures that add up to the number of files. */
export function dropFigures(drop: Pick<Drop, 'read' | 'other' | 'described' | 'skipped'>): string {
  const { read, other, described, skipped } = drop;
  return [
    `${count(read)} read`,
    other > 0 && `${count(other)} kept without a label`,
    described > 0 && plural(described, 'description'),
    `${count(skipped)} not used`,
  ]
    .filter(Boolean)
    .join(' · ');
}
