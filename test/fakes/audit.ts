/** Doubts about made-up series, and actions that answer them at once. */
import type { Actions } from '../../src/app/actions.ts';
import type { AuditState } from '../../src/app/audit.ts';
import type { State } from '../../src/app/state.ts';
import type { Doubt } from '../../src/core/audit/queue.ts';

const THIN = '\u2009';

export function makeDoubt(number: number, more: Partial<Doubt> = {}): Doubt {
  return {
    id: `modality d s${number}`,
    kind: 'sure',
    doubt: 0.97 - number / 100,
    reason: `Labelled CT, but a model that has not learned from this dataset says MR ${97 - number}${THIN}%, CT 2${THIN}% over 24 slices.`,
    also: [],
    label: 0,
    source: 'folder',
    proposed: 1,
    target: { kind: 'series', series: [{ dataset: 'd', key: `s${number}` }] },
    dataset: 'd',
    series: `s${number}`,
    slices: 24,
    show: { shard: 1, row: number },
    beside: null,
    ...more,
  };
}

/** A queue of several kinds, long enough to scroll. */
export function makeAuditState(more: Partial<AuditState> = {}): AuditState {
  const items = [
    ...Array.from({ length: 30 }, (_, i) => makeDoubt(i)),
    makeDoubt(30, {
      kind: 'twin',
      doubt: 0.6,
      reason: 'The same picture is labelled MR in another dataset.',
      beside: { shard: 1, row: 99 },
      also: [{ kind: 'unsure', reason: `Unsure: a model says CT 45${THIN}%, MR 40${THIN}%.` }],
    }),
    makeDoubt(31, {
      kind: 'unlabelled',
      doubt: 0.49,
      reason: 'No label yet, and nothing is known of the pictures.',
      label: 255,
      source: 'none',
      proposed: null,
    }),
  ];
  const found = { items, judgedMs: 1_700_000_000_000, noise: 0.05, slices: 1100, judged: 1080 };
  return { set: 'modality', progress: null, found, ...more };
}

export function fakeAudit(
  set: (patch: (state: State) => Partial<State>) => void,
): Pick<Actions, 'startAudit' | 'cancelAudit' | 'rankDoubts' | 'answerDoubt'> {
  return {
    startAudit: async () =>
      set(() => ({
        audit: makeAuditState({ progress: { doing: 'reading', done: 0, total: 1100 }, found: null }),
      })),
    cancelAudit: () => set(({ audit }) => ({ audit: audit && { ...audit, progress: null } })),
    rankDoubts: async () => set(() => ({ audit: makeAuditState() })),
    answerDoubt: async (doubt) =>
      set(({ audit }) => ({
        audit: audit?.found
          ? {
              ...audit,
              found: { ...audit.found, items: audit.found.items.filter(({ id }) => id !== doubt.id) },
            }
          : audit,
      })),
  };
}
