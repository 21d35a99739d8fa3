/** What is under way in this tab, told before it is stopped, and stopped without losing what can be kept. */
import type { Context } from './context.ts';
import type { SavedPlace } from './state.ts';

export type UnderWay = {
  /** Sentences: what would stop, and what is kept of it. Empty where nothing is under way. */
  told(): string[];
  /** Saves what is in progress and ends it; where the training stands then. */
  stop(): Promise<SavedPlace | null>;
  /** Ends it without saving: its project is going. */
  drop(): Promise<void>;
};

type Parts = {
  train: { suspend(save: boolean): Promise<SavedPlace | null> };
  ingest: { suspend(): Promise<void> };
};

export function createUnderWay({ get }: Pick<Context, 'get'>, { train, ingest }: Parts): UnderWay {
  return {
    told: () => {
      const { live, job, runs } = get();
      const run = live && !live.elsewhere ? runs.find(({ id }) => id === live.run) : undefined;
      const reading = job?.kind === 'ingest' ? job : null;
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
      ];
    },
    stop: async () => {
      const [saved] = await Promise.all([train.suspend(true), ingest.suspend()]);
      return saved;
    },
    drop: async () => {
      await Promise.all([train.suspend(false), ingest.suspend()]);
    },
  };
}

export function placeWords(saved: SavedPlace | null): string {
  return saved
    ? `Its training is saved at step ${saved.step.toLocaleString('en')} of epoch ${saved.epoch}.`
    : 'What had been stored before is kept.';
}
