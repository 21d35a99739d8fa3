/** What is under way in this tab, told before it is stopped, and stopped without losing what can be kept. */
import type { Context } from './context.ts';
import type { SavedPlace } from './state.ts';

/** `writing`: what writes to the project, and ends with the right to; `project`: a classification, too, which only reads. */
export type Scope = 'writing' | 'project';

export type UnderWay = {
  /** Sentences: what would stop, and what is kept of it. Empty where nothing is under way. */
  told(scope: Scope): string[];
  /** Saves what is in progress and ends it; where the training stands then. */
  stop(scope: Scope): Promise<SavedPlace | null>;
  /** Ends it without saving: its project is going. */
  drop(scope: Scope): Promise<void>;
};

type Parts = {
  train: { suspend(save: boolean): Promise<SavedPlace | null> };
  ingest: { suspend(): Promise<void> };
  classify: { suspend(): Promise<void> };
};

export function createUnderWay({ get }: Pick<Context, 'get'>, { train, ingest, classify }: Parts): UnderWay {
  const classification = (scope: Scope) => (scope === 'project' ? classify.suspend() : undefined);

  return {
    told: (scope) => {
      const { live, job, runs } = get();
      const run = live && !live.elsewhere ? runs.find(({ id }) => id === live.run) : undefined;
      const reading = job?.kind === 'ingest' ? job : null;
      const judging = scope === 'project' && job?.kind === 'classify' ? job : null;
      return [
        ...(run && live
          ? [
              `“${run.title}” is being trained (epoch ${(live.latest?.epoch ?? 0).toFixed(1)} of ${run.config.epochs}). It is saved where it stands and stops; Resume goes on with it later.`,
            ]
          : []),
        ...(reading
          ? [
              `Files are being read (${reading.done.toLocaleString('en')} of ${reading.total.toLocaleString('en')}). The slices read so far are kept; drop the files again for the rest.`,
            ]
          : []),
        ...(judging
          ? [
              `Files are being classified (${judging.done.toLocaleString('en')} of ${judging.total.toLocaleString('en')}). That ends, and the table with it: nothing of it is stored.`,
            ]
          : []),
      ];
    },
    stop: async (scope) => {
      const [saved] = await Promise.all([train.suspend(true), ingest.suspend(), classification(scope)]);
      return saved;
    },
    drop: async (scope) => {
      await Promise.all([train.suspend(false), ingest.suspend(), classification(scope)]);
    },
  };
}

export function placeWords(saved: SavedPlace | null): string {
  return saved
    ? `Its training is saved at step ${saved.step.toLocaleString('en')} of epoch ${saved.epoch}.`
    : 'What had been stored before is kept.';
}
