/** Commands on practice projects: their files are made in the tab, and made again whenever an original is wanted. */
import { crc32 } from '../core/crc32.ts';
import { DEFAULT_CHOICES, type PracticeChoices } from '../core/simulate/choices.ts';
import { type PracticePlan, planPractice } from '../core/simulate/practice.ts';
import type { PracticeService } from '../core/simulate/service.ts';
import type { Actions } from './actions.ts';
import { attempt, type Context } from './context.ts';
import type { DropBatch } from './drop.ts';
import { openGlimpses } from './glimpses.ts';
import { makeBatches } from './making.ts';
import { readPreference, writePreference } from './preferences.ts';
import type { WorkerHandle } from './workers.ts';
import { zipBatches } from './zip.ts';

export type PracticeCommands = Pick<
  Actions,
  'openPractice' | 'addPractice' | 'remakePractice' | 'zipPractice' | 'glimpses'
>;

type Parts = {
  openNamed(name: string): Promise<boolean>;
  /** @param files how many there will be */
  addBatches(make: (signal: AbortSignal) => AsyncGenerator<DropBatch>, files: number): Promise<void>;
  workers(): WorkerHandle<PracticeService>[];
  /** Hands a file to the browser's downloads. */
  save(name: string, blob: Blob): void;
};

const NAME = 'Practice project';

/** Projects of different choices are different projects. */
export function practiceName(choices: PracticeChoices): string {
  const { seed, shortcut, ...rest } = choices;
  const own = JSON.stringify([rest.sites, rest.modalities, rest.regions, rest.patients]);
  const { sites, modalities, regions, patients } = DEFAULT_CHOICES;
  const usual = own === JSON.stringify([sites, modalities, regions, patients]);
  const code = crc32(new TextEncoder().encode(own)).toString(16).padStart(8, '0').slice(0, 4);
  const words = [
    shortcut && 'with a frame',
    seed !== DEFAULT_CHOICES.seed && `seed ${seed}`,
    !usual && `choice ${code}`,
  ].filter(Boolean);
  return words.length > 0 ? `${NAME}, ${words.join(', ')}` : NAME;
}

export function createPracticeCommands(context: Context, parts: Parts): PracticeCommands {
  const { get, set, go } = context;

  async function make(choices: PracticeChoices, dataset?: string): Promise<void> {
    const plan = partOf(planPractice(choices), dataset);
    writePreference(`practice:${get().project.id}`, JSON.stringify(choices));
    set({ practice: choices });
    await parts.addBatches(
      (signal) => makeBatches(plan, parts.workers(), signal),
      plan.series.reduce((sum, { files }) => sum + files, 1),
    );
  }

  return {
    openPractice: async (wanted = {}) => {
      const choices = { ...DEFAULT_CHOICES, ...wanted };
      await attempt(context, 'The practice project was not opened.', async () => {
        if (!(await parts.openNamed(practiceName(choices)))) return;
        go('data');
        // What was made stays as the person left it.
        if (get().datasets.length === 0) await make(choices);
      });
    },

    zipPractice: async (choices, { signal, onProgress }) => {
      const plan = planPractice(choices);
      const total = plan.series.reduce((sum, { files }) => sum + files, 1);
      const batches = makeBatches(plan, parts.workers(), signal);
      const file = await zipBatches(batches, signal, (done) => onProgress(done, total));
      parts.save(`practice-${choices.seed}.zip`, file);
    },

    glimpses: () => openGlimpses(parts.workers()[0]),

    addPractice: async (choices) => {
      await attempt(context, 'The practice files were not added.', () => make(choices));
    },

    remakePractice: async (dataset) => {
      const choices = get().practice;
      if (!choices) return;
      await attempt(context, 'The practice files were not made again.', () => make(choices, dataset));
    },
  };
}

/** What one dataset is made of: seconds, not a minute. All of it where none is called so, as after a new name. */
function partOf(plan: PracticePlan, dataset: string | undefined): PracticePlan {
  const series = plan.series.filter(({ site }) => site === dataset);
  return series.length > 0 ? { ...plan, series } : plan;
}

/** What a project's practice files were made of, as this browser remembers it. */
export function practiceOf(project: string): PracticeChoices | null {
  try {
    const stored = JSON.parse(
      readPreference(`practice:${project}`) ?? 'null',
    ) as Partial<PracticeChoices> | null;
    return stored && { ...DEFAULT_CHOICES, ...stored };
  } catch {
    return null;
  }
}
