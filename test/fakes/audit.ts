/** Doubts about made-up series, and actions that answer them at once. */
import type { Actions } from '../../src/app/actions.ts';
import type { AuditState } from '../../src/app/audit.ts';
import type { State } from '../../src/app/state.ts';
import type { NoiseEstimate } from '../../src/core/audit/noise.ts';
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
    rivals: [1],
    target: { kind: 'series', series: [{ dataset: 'd', key: `s${number}` }] },
    dataset: 'd',
    series: `s${number}`,
    slices: 24,
    show: { shard: 1, row: number },
    beside: null,
    ...more,
  };
}

export function makeNoise(more: Partial<NoiseEstimate> = {}): NoiseEstimate {
  return {
    of: 671,
    wrong: 33.6,
    low: 25.2,
    high: 46.9,
    classes: [240, 231, 80, 120].map((of, label) => ({ label, of, wrong: [18.1, 12.4, 3.1, 0][label] })),
    pairs: [
      { given: 0, likely: 1, wrong: 14.2 },
      { given: 1, likely: 0, wrong: 12.4 },
      { given: 0, likely: 2, wrong: 3.9 },
      { given: 2, likely: 0, wrong: 2.7 },
      { given: 2, likely: 1, wrong: 0.4 },
    ],
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
      rivals: [],
    }),
  ];
  const found = { items, judgedMs: 1_700_000_000_000, noise: makeNoise(), slices: 1100, judged: 1080 };
  return { set: 'modality', progress: null, found, ...more };
}

/** Before any model has judged: only what has no label. */
export function makeFirstAudit(): AuditState {
  const { found, ...rest } = makeAuditState();
  const items = found!.items.filter(({ kind }) => kind === 'unlabelled');
  return { ...rest, found: { ...found!, items, noise: null, judgedMs: null, judged: 0 } };
}

export function fakeAudit(
  set: (patch: (state: State) => Partial<State>) => void,
): Pick<Actions, 'startAudit' | 'cancelAudit' | 'rankDoubts' | 'answerDoubt' | 'undoAnswer' | 'redoAnswer'> {
  return {
    startAudit: async () =>
      set(() => ({
        audit: makeAuditState({ progress: { doing: 'reading', done: 0, total: 1100 }, found: null }),
      })),
    cancelAudit: () => set(({ audit }) => ({ audit: audit && { ...audit, progress: null } })),
    rankDoubts: async () => set(({ audit }) => (audit?.found ? {} : { audit: makeAuditState() })),
    undoAnswer: async () => set(() => ({ audit: makeAuditState() })),
    redoAnswer: async () => {},
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
