/** Commands that look for labels worth doubting, and answer those doubts. */
import type { Audited, AuditProgress, AuditService } from '../core/audit/contract.ts';
import { DISPUTED } from '../core/audit/doubt.ts';
import type { Doubt } from '../core/audit/queue.ts';
import type { LabelChange } from '../core/labels/event.ts';
import { classIndex, type LabelSet } from '../core/labels/labelSet.ts';
import type { SliceRef } from '../core/types.ts';
import { attempt, type Context } from './context.ts';
import { refused, takenFromAudit } from './sharing.ts';
import type { State } from './state.ts';
import { auditWorker, type WorkerHandle } from './workers.ts';

/** Of the open project. */
export type AuditState = {
  /** The label set of `found`. */
  set: string;
  /** null while no fold models are being trained. */
  progress: AuditProgress | null;
  /** The label set whose labels are being looked through. */
  looking?: string;
  /** null until the labels were ranked. */
  found: Audited | null;
};

/** What the user says to a doubt: a class by its id (null: none), the label as it is, or to leave the images out. */
export type DoubtAnswer = { kind: 'label'; class: string | null } | { kind: 'keep' } | { kind: 'exclude' };

export type AuditActions = {
  /** Trains fold models and ranks all labels by doubt: minutes. */
  startAudit(): Promise<void>;
  cancelAudit(): void;
  /** Ranks the labels as they are now, with what the last audit found, unless nothing has changed since. */
  rankDoubts(): Promise<void>;
  /** Stores the answer, as one act that can be undone. The doubt leaves the queue at once. */
  answerDoubt(doubt: Doubt, answer: DoubtAnswer): Promise<void>;
  /** Takes back, or gives again, the last labels, and ranks again. */
  undoAnswer(): Promise<void>;
  redoAnswer(): Promise<void>;
};

export type AuditCommands = AuditActions & {
  /** Ends a running audit, and forgets what was found: another project is opened. Resolves when it has ended. */
  suspend(): Promise<void>;
};

/** @param refresh reads the project's labels and figures again */
export function createAuditCommands(
  context: Context,
  refresh: () => Promise<void>,
  worker: Pick<WorkerHandle<AuditService>, 'call'> = auditWorker,
): AuditCommands {
  const { get, set, store, notify } = context;
  let controller: AbortController | null = null;
  let ended: Promise<unknown> = Promise.resolve();
  /** What the shown ranking is of. */
  let ranked: { project: string; set: string; datasets: State['datasets'] } | null = null;
  /** Answers under way: the figures that are read after them are of labels that the ranking has. */
  let answering = 0;

  const asked = () => ({ project: get().project.id, set: get().labelSet.id });
  const isShown = (of: { project: string; set: string }) =>
    get().project.id === of.project && get().labelSet.id === of.set;

  /** Changes the state of the audit, unless the page shows another project by now. */
  function patch(of: { project: string; set: string }, change: Partial<AuditState>): void {
    if (get().project.id !== of.project) return;
    set(({ audit }) => ({
      audit: { ...(audit ?? { set: of.set, progress: null, found: null }), ...change },
    }));
  }

  function show(of: { project: string; set: string }, found: Audited): void {
    if (!isShown(of)) return;
    ranked = { ...of, datasets: get().datasets };
    patch(of, { set: of.set, found });
  }

  async function startAudit(): Promise<void> {
    const title = 'The labels were not looked through.';
    if (controller || refused(context, title, takenFromAudit(get()))) return;
    const args = asked();
    const aborter = new AbortController();
    controller = aborter;
    patch(args, { progress: { doing: 'reading', done: 0, total: 0 }, looking: args.set });
    const working = attempt(context, title, () =>
      worker.call.audit(
        { ...args, device: 'auto', fence: store.fence() },
        {
          signal: aborter.signal,
          onEvent: (progress) => {
            if (controller === aborter && !aborter.signal.aborted) patch(args, { progress });
          },
        },
      ),
    );
    ended = working;
    const found = await working;
    controller = null;
    set(({ audit }) => ({ audit: audit && withoutProgress(audit) }));
    if (!found) return;
    show(args, found);
    if (get().project.id === args.project) tell(found);
  }

  /** Tells it to a user who does something else meanwhile. */
  function tell({ items }: Audited): void {
    const { page, view } = get();
    if (page === 'label' && view.as === 'doubts') return;
    const count = items.filter(({ doubt }) => doubt >= DISPUTED).length;
    notify({
      tone: 'success',
      title: 'The labels were looked through.',
      detail:
        count === 0
          ? 'The evidence speaks against none of them.'
          : `The evidence speaks against ${count === 1 ? 'one' : count.toLocaleString('en')} of them.`,
      next: 'The doubts are on the Label page.',
      action: { label: 'See them', run: () => context.go('label', null, { as: 'doubts' }) },
    });
  }

  async function rank(): Promise<void> {
    const args = asked();
    const { datasets } = get();
    const found = await attempt(context, 'The labels were not ranked.', () => worker.call.rank(args));
    if (!found) return;
    show(args, found);
    // They may have changed meanwhile.
    if (ranked) ranked = { ...ranked, datasets };
  }

  async function answerDoubt(doubt: Doubt, answer: DoubtAnswer): Promise<void> {
    const { audit, labelSet, project, readOnly } = get();
    if (readOnly || audit?.set !== labelSet.id) return;
    const gone = (audit.found?.items ?? []).filter((other) => isSettledBy(other, doubt, answer, labelSet));
    const named = [doubt.label, ...[doubt, ...gone].flatMap(({ rivals }) => rivals)];
    const between = [...new Set(named)].flatMap((label) => labelSet.classes[label]?.id ?? []);
    const change: LabelChange =
      answer.kind === 'exclude'
        ? { kind: 'exclude', exclude: true }
        : {
            kind: 'label',
            set: labelSet.id,
            class: answer.kind === 'label' ? answer.class : (labelSet.classes[doubt.label]?.id ?? null),
            source: 'user',
            between,
          };
    answering++;
    const stored = await attempt(context, 'The answer was not stored.', async () => {
      await store.editLabels(project.id, [{ target: doubt.target, change }], get().reader, Date.now());
      return true;
    });
    if (stored) {
      const ids = new Set(gone.map(({ id }) => id));
      set(({ audit: now }) => ({ audit: now && { ...now, found: without(now.found, ids) } }));
      await attempt(context, 'The figures of the datasets were not read again.', refresh);
    }
    answering--;
    if (ranked && stored) ranked = { ...ranked, datasets: get().datasets };
  }

  async function step(kind: 'undoLabels' | 'redoLabels'): Promise<void> {
    const { project, readOnly } = get();
    if (readOnly) return;
    const title = kind === 'undoLabels' ? 'Nothing was taken back.' : 'Nothing was given again.';
    const stepped = await attempt(context, title, () => store[kind](project.id, get().reader, Date.now()));
    if (!stepped) return;
    answering++;
    await attempt(context, 'The figures of the datasets were not read again.', refresh);
    answering--;
    await rank();
  }

  function forget(): void {
    controller?.abort();
    ranked = null;
    set({ audit: null });
  }

  return {
    startAudit,
    answerDoubt,
    cancelAudit: () => controller?.abort(),
    undoAnswer: () => step('undoLabels'),
    redoAnswer: () => step('redoLabels'),

    rankDoubts: async () => {
      const { audit, datasets, labelSet } = get();
      if (answering > 0) return;
      const isKnown = audit?.found && audit.set === labelSet.id;
      if (isKnown && ranked && isShown(ranked) && ranked.datasets === datasets) return;
      await rank();
    },

    suspend: async () => {
      forget();
      await ended;
    },
  };
}

function withoutProgress({ looking: _, ...audit }: AuditState): AuditState {
  return { ...audit, progress: null };
}

/** Entries about the same images; and once two twins have one label, the entry about the other one. */
function isSettledBy(other: Doubt, doubt: Doubt, answer: DoubtAnswer, set: LabelSet): boolean {
  const { dataset, series, id, target } = doubt;
  if (other.id === id) return true;
  if (target.kind === 'series' && other.dataset === dataset && other.series === series) return true;
  const isPair =
    other.kind === 'twin' && isSame(other.beside, doubt.show) && isSame(other.show, doubt.beside);
  return isPair && answer.kind === 'label' && classIndex(set, answer.class) === other.label;
}

function isSame(a: SliceRef | null, b: SliceRef | null): boolean {
  return a !== null && b !== null && a.shard === b.shard && a.row === b.row;
}

function without(found: Audited | null, ids: ReadonlySet<string>): Audited | null {
  return found && { ...found, items: found.items.filter(({ id }) => !ids.has(id)) };
}
