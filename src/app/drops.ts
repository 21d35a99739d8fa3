/** Results of a drop's files, kept while it runs and while its project is open. */
import type { JobProgress, RemarkedFile, SkippedFile } from '../core/files/progress.ts';
import type { Context } from './context.ts';
import type { Drop } from './state.ts';

export type DropLog = {
  readonly startedMs: number;
  count(progress: JobProgress): void;
  skip(files: readonly SkippedFile[]): void;
  remark(files: readonly RemarkedFile[]): void;
  /** Files that were found but could not be opened: no worker gets them, so they are counted here. */
  lose(files: readonly SkippedFile[]): void;
  /** Number of these files. */
  lost(): number;
  figures(): Pick<Drop, 'files' | 'read' | 'other' | 'described' | 'skipped'>;
};

/** Begins a new drop in the page's state. */
export function openDrop(set: Context['set']): DropLog {
  let lost = 0;
  let figures = { files: 0, read: 0, other: 0, described: 0, skipped: 0 };
  let id = 0;
  const startedMs = Date.now();
  set(({ drops }) => {
    id = (drops.at(-1)?.id ?? 0) + 1;
    return { drops: [...drops, { ...figures, id, startedMs, unused: [], remarks: [] }] };
  });
  const change = (patch: (drop: Drop) => Partial<Drop>) =>
    set(({ drops }) => ({
      drops: drops.map((drop) => (drop.id === id ? { ...drop, ...patch(drop) } : drop)),
    }));

  return {
    startedMs,
    count: ({ files, read, other, described, skipped }) => {
      figures = { files: files + lost, read, other, described, skipped: skipped + lost };
      change(() => figures);
    },
    skip: (files) => change(({ unused }) => ({ unused: [...unused, ...files] })),
    remark: (files) => change(({ remarks }) => ({ remarks: [...remarks, ...files] })),
    lose: (files) => {
      lost += files.length;
      figures = {
        ...figures,
        files: figures.files + files.length,
        skipped: figures.skipped + files.length,
      };
      change(({ unused }) => ({ ...figures, unused: [...unused, ...files] }));
    },
    lost: () => lost,
    figures: () => figures,
  };
}
