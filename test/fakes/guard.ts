/** What the leak guard found in the full project, and actions that mend it at once. */
import type { Actions } from '../../src/app/actions.ts';
import { type GuardState, NO_GUARD } from '../../src/app/guard.ts';
import type { State } from '../../src/app/state.ts';
import type { Finding } from '../../src/core/leaks/findings.ts';
import { DATASETS } from './state.ts';

const named = (name: string) => DATASETS.find((dataset) => dataset.name === name)!;

/** Of two datasets of the full project. */
export function makeFinding(more: Partial<Finding> = {}): Finding {
  const [kept, moved] = [named('ct_lidc_chest'), DATASETS.find(({ split }) => split === 'test')!];
  return {
    id: 'copy a b',
    kind: 'copy',
    state: 'open',
    kept: { dataset: kept.id, split: kept.split, slices: 27, show: { shard: 1, row: 3 } },
    moved: { dataset: moved.id, split: moved.split, slices: 27, show: { shard: 2, row: 4 } },
    subjects: 1,
    whole: 1,
    copies: Array.from({ length: 27 }, (_, row) => ({ shard: 2, row })),
    ofTwoPatients: true,
    ...more,
  };
}

/** Copies within one dataset. */
export function makeRepeat(more: Partial<Finding> = {}): Finding {
  const { kept } = makeFinding();
  return makeFinding({
    id: 'copy a a',
    state: 'together',
    kept: { ...kept, slices: 12 },
    moved: { ...kept, slices: 12, show: { shard: 1, row: 9 } },
    copies: Array.from({ length: 12 }, (_, row) => ({ shard: 1, row: 30 + row })),
    ...more,
  });
}

export function makeGuard(more: Partial<GuardState> = {}): GuardState {
  const findings = [
    makeFinding(),
    makeFinding({ id: 'copy a c', subjects: 3, whole: 0, copies: [{ shard: 2, row: 9 }] }),
    makeFinding({ id: 'patient a b', kind: 'patient', state: 'apart', subjects: 2, whole: 0, copies: [] }),
    makeFinding({ id: 'copy b c', state: 'dismissed' }),
    makeRepeat(),
  ];
  return {
    progress: null,
    checked: { atMs: 1_700_000_000_000, slices: 2310, data: '2310 0', isCurrent: true },
    found: { findings },
    ...more,
  };
}

export function fakeGuard(
  set: (patch: (state: State) => Partial<State>) => void,
): Pick<Actions, 'checkForLeaks' | 'cancelLeakCheck' | 'leaksOfFold' | 'mendLeak'> {
  const patch = (change: Partial<GuardState>) =>
    set(({ guard }) => ({ guard: { ...(guard ?? NO_GUARD), ...change } }));
  return {
    checkForLeaks: async () =>
      patch({ progress: { doing: 'comparing', done: 900, total: 2310, rate: 612, secondsLeft: 2.3 } }),
    cancelLeakCheck: () => patch({ progress: null }),
    leaksOfFold: ({ protocol }) => {
      const { kept, moved } = makeFinding();
      const datasets =
        protocol === 'patients'
          ? ([kept.dataset, kept.dataset] as const)
          : ([kept.dataset, moved.dataset] as const);
      return [{ id: 'copy a b', datasets, pairs: 27, isDismissed: false }];
    },
    mendLeak: async ({ id }) =>
      set(({ guard }) => ({
        guard: guard && {
          ...guard,
          found: { ...guard.found, findings: guard.found.findings.filter((one) => one.id !== id) },
        },
      })),
  };
}
