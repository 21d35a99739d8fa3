/** Commands that look for labels worth doubting, and answer those doubts. */
import type { Audited, AuditProgress, AuditService } from '../core/audit/contract.ts';
import type { Doubt } from '../core/audit/queue.ts';
import type { LabelChange } from '../core/labels/event.ts';
import { attempt, type Context, refusedWhileBusy } from './context.ts';
import { auditWorker, type WorkerHandle } from './workers.ts';

/** Of the open project and its chosen label set. */
export type AuditState = {
  set: string;
  /** null while no fold models are being trained. */
  progress: AuditProgress | null;
  /** null until the labels were ranked. */
  found: Audited | null;
};

/** What the user says to a doubt: a class by its id (null: none), the label as it is, or to leave the images out. */
export type DoubtAnswer = { kind: 'label'; class: string | null } | { kind: 'keep' } | { kind: 'exclude' };

export type AuditActions = {
  /** Trains fold models and ranks all labels by doubt: minutes. */
  startAudit(): Promise<void>;
  cancelAudit(): void;
  /** Ranks the labels as they are now, with what the last audit found. */
  rankDoubts(): Promise<void>;
  /** Stores the answer, as one act that can be undone. The doubt leaves the queue at once. */
  answerDoubt(doubt: Doubt, answer: DoubtAnswer): Promise<void>;
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
  const { get, set, store } = context;
  let controller: AbortController | null = null;
  let ended: Promise<unknown> = Promise.resolve();

  /** Changes the state of the audit, unless the page shows another project or label set by now. */
  function patch(of: { project: string; set: string }, change: Partial<AuditState>): void {
    const { project, labelSet } = get();
    if (project.id !== of.project || labelSet.id !== of.set) return;
    set(({ audit }) => ({
      audit: { ...(audit?.set === of.set ? audit : { progress: null, found: null }), ...change, set: of.set },
    }));
  }

  const asked = () => ({ project: get().project.id, set: get().labelSet.id });

  async function startAudit(): Promise<void> {
    if (controller || refusedWhileBusy(context, 'The labels were not looked through.')) return;
    const args = asked();
    const aborter = new AbortController();
    controller = aborter;
    patch(args, { progress: { doing: 'reading', done: 0, total: 0 } });
    const working = attempt(context, 'The labels were not looked through.', () =>
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
    patch(args, { progress: null, ...(found && { found }) });
  }

  async function rankDoubts(): Promise<void> {
    const args = asked();
    const found = await attempt(context, 'The labels were not ranked.', () => worker.call.rank(args));
    if (found) patch(args, { found });
  }

  function forget(): void {
    controller?.abort();
    set({ audit: null });
  }

  return {
    startAudit,
    rankDoubts,
    cancelAudit: () => controller?.abort(),

    answerDoubt: async (doubt, answer) => {
      const { audit, labelSet, project, readOnly } = get();
      if (readOnly || audit?.set !== labelSet.id) return;
      const change: LabelChange =
        answer.kind === 'exclude'
          ? { kind: 'exclude', exclude: true }
          : {
              kind: 'label',
              set: labelSet.id,
              class: answer.kind === 'label' ? answer.class : (labelSet.classes[doubt.label]?.id ?? null),
              source: 'user',
            };
      const stored = await attempt(context, 'The answer was not stored.', async () => {
        await store.editLabels(project.id, [{ target: doubt.target, change }], get().reader, Date.now());
        return true;
      });
      if (!stored) return;
      set(({ audit: now }) => ({ audit: now && { ...now, found: without(now.found, doubt) } }));
      await attempt(context, 'The figures of the datasets were not read again.', refresh);
    },

    suspend: async () => {
      forget();
      await ended;
    },
  };
}

/** Without the entries about the same images. */
function without(found: Audited | null, { dataset, series, id, target }: Doubt): Audited | null {
  const isSame = (other: Doubt) =>
    other.id === id || (target.kind === 'series' && other.dataset === dataset && other.series === series);
  return found && { ...found, items: found.items.filter((other) => !isSame(other)) };
}
