/** Running work of this tab: described before it is stopped, and stopped without losing saved results. */
import type { Context } from './context.ts';
import type { SavedPlace } from './state.ts';

/** `writing`: work that ends with the right to write; `project`: also a classification, which only reads. */
export type Scope = 'writing' | 'project';

export type UnderWay = {
  /** Sentences: what would stop, and which results are kept. Empty if nothing is running. */
  describe(scope: Scope): string[];
  /** Saves and ends running work; returns the position of the training. */
  stop(scope: Scope): Promise<SavedPlace | null>;
  /** Ends it without saving: its project is being deleted. */
  drop(scope: Scope): Promise<void>;
};

type Parts = {
  train: { suspend(save: boolean): Promise<SavedPlace | null> };
  ingest: { suspend(): Promise<void> };
  classify: { suspend(): Promise<void> };
  audit: { suspend(): Promise<void> };
  guard: { suspend(): Promise<void> };
  baselines: { suspend(): Promise<void> };
  finder: { suspend(): Promise<void> };
};

export function createUnderWay(
  { get }: Pick<Context, 'get'>,
  { train, ingest, classify, audit: doubts, guard: copies, baselines: cheap, finder }: Parts,
): UnderWay {
  const classification = (scope: Scope) => (scope === 'project' ? classify.suspend() : undefined);

  return {
    describe: (scope) => {
      const { live, job, runs, audit, guard, baselines, finding } = get();
      const run = live && !live.elsewhere ? runs.find(({ id }) => id === live.run) : undefined;
      const reading = job?.kind === 'ingest' ? job : null;
      const judging = scope === 'project' && job?.kind === 'classify' ? job : null;
      return [
        ...(run && live
          ? [
              `“${run.title}” is being trained (epoch ${(live.latest?.epoch ?? 0).toFixed(1)} of ${run.config.epochs}). It is saved at its current step and stops; Resume continues it later.`,
            ]
          : []),
        ...(reading
          ? [
              `Files are being read (${reading.done.toLocaleString('en')} of ${reading.total.toLocaleString('en')}). The slices read so far are kept; drop the files again for the rest.`,
            ]
          : []),
        ...(audit?.progress
          ? ['Doubts about labels are being looked for. That ends, and what its models learned is lost.']
          : []),
        ...(guard?.progress ? ['Copies are being looked for. That ends, and what it found is lost.'] : []),
        ...(baselines ? ['Baselines are being made. That ends; those already made are kept.'] : []),
        ...(finding?.state === 'running' ? ['A learning rate is being looked for. That ends.'] : []),
        ...(judging
          ? [
              `Files are being classified (${judging.done.toLocaleString('en')} of ${judging.total.toLocaleString('en')}). That ends, and the table with it: nothing of it is stored.`,
            ]
          : []),
      ];
    },
    stop: async (scope) => {
      const [saved] = await Promise.all([
        train.suspend(true),
        ingest.suspend(),
        doubts.suspend(),
        copies.suspend(),
        cheap.suspend(),
        finder.suspend(),
        classification(scope),
      ]);
      return saved;
    },
    drop: async (scope) => {
      await Promise.all([
        train.suspend(false),
        ingest.suspend(),
        doubts.suspend(),
        copies.suspend(),
        cheap.suspend(),
        finder.suspend(),
        classification(scope),
      ]);
    },
  };
}

export function placeWords(saved: SavedPlace | null): string {
  return saved
    ? `Its training is saved at step ${saved.step.toLocaleString('en')} of epoch ${saved.epoch}.`
    : 'What had been stored before is kept.';
}
