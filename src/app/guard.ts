/** Commands of the leak guard: look for copies in other datasets, and mend what was found. */
import type { Fold } from '../core/dataset/protocols/protocol.ts';
import { LabError } from '../core/errors.ts';
import { rangesOf } from '../core/labels/ranges.ts';
import type { LeakProgress, LeakService } from '../core/leaks/contract.ts';
import { type Finding, type Found, findingsOf, openFindings } from '../core/leaks/findings.ts';
import { leaksOfSplits, type SplitLeak } from '../core/leaks/ofSplits.ts';
import { type LeakRecord, slicesKey } from '../core/leaks/record.ts';
import type { GuardFacts } from '../core/train/manifest.ts';
import type { SliceRef } from '../core/types.ts';
import { attempt, type Context } from './context.ts';
import type { LoadedData } from './datasets.ts';
import type { EditCommands } from './edits.ts';
import { refused, takenFromAudit } from './sharing.ts';
import { leakWorker, type WorkerHandle } from './workers.ts';

/** Of the open project. */
export type GuardState = {
  /** null while nothing is compared. */
  progress: LeakProgress | null;
  /** The last check; null: there was none. */
  checked: Checked | null;
  /** As splits and exclusions are now. */
  found: Found;
};

export type Checked = {
  atMs: number;
  slices: number;
  /** `slicesKey` of what was compared; whether the project still has exactly these slices. */
  data: string;
  isCurrent: boolean;
};

/** `move`: the smaller dataset to the other one's split; `exclude`: its copies; `dismiss`: it is no leak. */
export type Mend = 'move' | 'exclude' | 'dismiss';

export type GuardActions = {
  /** Compares all slices: seconds to minutes. */
  checkForLeaks(): Promise<void>;
  cancelLeakCheck(): void;
  /** Copies that a fold would set apart, as the data are now; null: none were looked for. */
  leaksOfFold(fold: Fold): readonly SplitLeak[] | null;
  /** One act, undone like any other change of datasets. */
  mendLeak(finding: Finding, mend: Mend): Promise<void>;
};

export type GuardCommands = GuardActions & {
  /** The project's data were read again. */
  sync(): Promise<void>;
  /** Ends a check. Resolves when it has ended. */
  suspend(): Promise<void>;
};

export const NO_GUARD: GuardState = { progress: null, checked: null, found: { findings: [] } };

type Parts = {
  datasets: {
    loaded(): Omit<LoadedData, 'inUse'> & { inUse: Pick<LoadedData['inUse'], 'indexes'> };
    refresh(): Promise<void>;
  };
  edits: Pick<EditCommands, 'setSplit' | 'made'>;
};

export function createGuardCommands(
  context: Context,
  { datasets, edits }: Parts,
  worker: Pick<WorkerHandle<LeakService>, 'call'> = leakWorker,
): GuardCommands {
  const { get, set, store, notify, go } = context;
  let controller: AbortController | null = null;
  let ended: Promise<unknown> = Promise.resolve();
  /** What is stored of the open project. */
  let known: { project: string; record: LeakRecord | null } | null = null;

  const patch = (change: Partial<GuardState>) =>
    set(({ guard }) => ({ guard: { ...(guard ?? NO_GUARD), ...change } }));

  function show(): void {
    if (!known || known.project !== get().project.id) return;
    const { record } = known;
    const { records, indexes, inUse } = datasets.loaded();
    const found = findingsOf(record, inUse.indexes, records);
    const checked = record && {
      atMs: record.checkedMs,
      slices: record.slices,
      data: record.data,
      isCurrent: slicesKey(indexes) === record.data,
    };
    patch({ found, checked });
  }

  async function sync(): Promise<void> {
    const { id } = get().project;
    if (known?.project !== id) {
      const record = await attempt(context, 'What is known of copies was not read.', () =>
        store.leakRecord(id),
      );
      if (get().project.id !== id) return;
      known = { project: id, record };
    }
    show();
  }

  async function checkForLeaks(): Promise<void> {
    const title = 'The slices were not compared.';
    const { project, job, readOnly } = get();
    if (readOnly || controller) return;
    if (refused(context, title, takenFromAudit({ live: null, baselines: null, job }))) return;
    const aborter = new AbortController();
    controller = aborter;
    patch({ progress: { doing: 'reading', done: 0, total: 0, rate: null, secondsLeft: null } });
    const working = attempt(context, title, () =>
      worker.call.check(
        { project: project.id, fence: store.fence() },
        {
          signal: aborter.signal,
          onEvent: (progress) => {
            if (controller === aborter && !aborter.signal.aborted) patch({ progress });
          },
        },
      ),
    );
    ended = working;
    const record = await working;
    controller = null;
    if (get().project.id !== project.id) return;
    patch({ progress: null });
    if (!record) return;
    known = { project: project.id, record };
    show();
    tell();
  }

  /** Tells it to a user who does something else meanwhile. */
  function tell(): void {
    const { page, guard } = get();
    if (page === 'data' || !guard) return;
    const open = openFindings(guard.found);
    notify({
      tone: open > 0 ? 'error' : 'success',
      title: 'The slices were compared.',
      detail:
        open === 0
          ? 'No picture is in two splits.'
          : `${open === 1 ? 'One pair of datasets shares' : `${open.toLocaleString('en')} pairs of datasets share`} pictures across splits.`,
      next: '',
      action: { label: 'See it', run: () => go('data', null, open > 0 ? { guard: 'open' } : {}) },
    });
  }

  const nameOf = (id: string) => get().datasets.find((dataset) => dataset.id === id)?.name ?? '';

  async function exclude({ moved, copies }: Finding): Promise<void> {
    const { project } = get();
    const edit = (kind: 'undoLabels' | 'redoLabels', act: number) => async () => {
      // Otherwise the act before would be taken back in its place.
      if (!(await store[kind](project.id, get().reader, Date.now(), act))) throw changedSince();
      await datasets.refresh();
    };
    const target = { kind: 'slices', slices: byShard(copies) } as const;
    const change = { kind: 'exclude', exclude: true } as const;
    const act = await store.editLabels(project.id, [{ target, change }], get().reader, Date.now());
    await datasets.refresh();
    if (act === null) return;
    edits.made(
      { title: 'Copies left out.', undo: edit('undoLabels', act), redo: edit('redoLabels', act) },
      `${copies.length === 1 ? '1 slice' : `${copies.length.toLocaleString('en')} slices`} of “${nameOf(moved.dataset)}” ${copies.length === 1 ? 'is' : 'are'} kept, but not trained on or counted.`,
    );
  }

  async function dismiss({ id, kept, moved }: Finding): Promise<void> {
    const put = (isDismissed: boolean) => async () => {
      const record = known?.record;
      if (!record || known?.project !== get().project.id) return;
      const others = record.dismissed.filter((one) => one !== id);
      const changed = { ...record, dismissed: isDismissed ? [...others, id] : others };
      await store.putLeakRecord(changed);
      known = { project: record.project, record: changed };
      show();
    };
    await put(true)();
    edits.made(
      { title: 'Called no leak.', undo: put(false), redo: put(true) },
      kept.dataset === moved.dataset
        ? `What “${nameOf(kept.dataset)}” has twice counts as no leak.`
        : `What “${nameOf(kept.dataset)}” and “${nameOf(moved.dataset)}” share counts as no leak.`,
    );
  }

  return {
    checkForLeaks,
    cancelLeakCheck: () => controller?.abort(),
    sync,

    leaksOfFold: (fold) => {
      const { project, labelSet } = get();
      if (known?.project !== project.id || !known.record) return null;
      const { records, inUse } = datasets.loaded();
      return leaksOfSplits(known.record, inUse.indexes, records, labelSet.classes.length, fold);
    },

    mendLeak: async (finding, mend) => {
      if (get().readOnly) return;
      if (mend === 'move') await edits.setSplit(finding.moved.dataset, finding.kept.split);
      else
        await attempt(context, 'The leak was not mended.', () =>
          mend === 'exclude' ? exclude(finding) : dismiss(finding),
        );
    },

    suspend: async () => {
      controller?.abort();
      await ended;
    },
  };
}

/** What a run that starts now records of the guard; null: nothing was ever compared. */
export function guardFacts(guard: GuardState | null): GuardFacts | null {
  if (!guard?.checked) return null;
  const { atMs, slices, data, isCurrent } = guard.checked;
  const dismissed = guard.found.findings.filter(
    ({ state, kept, moved }) => state === 'dismissed' && kept.split !== moved.split,
  );
  return { atMs, slices, data, isCurrent, open: openFindings(guard.found), dismissed: dismissed.length };
}

function byShard(refs: readonly SliceRef[]) {
  const rows = new Map<number, number[]>();
  for (const { shard, row } of refs) rows.set(shard, [...(rows.get(shard) ?? []), row]);
  return [...rows].map(([shard, of]) => ({ shard, rows: rangesOf(of.toSorted((a, b) => a - b)) }));
}

function changedSince(): LabError {
  return new LabError(
    'changed-since',
    'Other labels of the project were changed since then.',
    'The copies are as they were.',
    'Undo on the Label page takes the changes back from the last one on.',
  );
}
