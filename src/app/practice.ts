/** Commands on practice projects: their files are made in the tab, and made again when an original is needed. */

import { crc32 } from '../core/bytes/crc32.ts';
import { DEFAULT_CHOICES, type PracticeChoices } from '../core/simulate/choices.ts';
import { createPlanEta } from '../core/simulate/planEta.ts';
import { type PracticePlan, planPractice } from '../core/simulate/practice.ts';
import type { PracticeService } from '../core/simulate/service.ts';
import { additionsOf, keepAdditions, withAddition } from './additions.ts';
import { attempt, type Context } from './context.ts';
import { type Glimpses, openGlimpses } from './glimpses.ts';
import type { IngestCommands } from './ingest.ts';
import { makeBatches } from './making.ts';
import type { DatasetRow } from './state.ts';
import type { WorkerHandle } from './workers.ts';
import { zipBatches } from './zip.ts';

export type PracticeActions = {
  /** Opens the practice project of these choices; makes its files if it has none. */
  openPractice(choices?: Partial<PracticeChoices>): Promise<void>;
  /** Makes practice files and adds them to the open project. */
  addPractice(choices: PracticeChoices): Promise<void>;
  /** Makes the files of a dataset, by name, or of the whole practice project again, so that their originals are available. */
  remakePractice(dataset?: string): Promise<void>;
  /** Saves practice files as a zip in the browser's downloads, outside any project. If aborted it leaves nothing. */
  zipPractice(
    choices: PracticeChoices,
    options: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
  ): Promise<void>;
  /** Pictures of simulated patients; the caller ends them. */
  glimpses(): Glimpses;
};

type Parts = {
  openNamed(name: string): Promise<boolean>;
  addBatches: IngestCommands['addBatches'];
  workers(): WorkerHandle<PracticeService>[];
  /** Saves a file through the browser's downloads. */
  save(name: string, blob: Blob): void;
};

const NAME = 'Practice project';

/** Projects of different choices are different projects. */
export function practiceName(choices: PracticeChoices): string {
  const { seed, shortcut, ...rest } = choices;
  const key = JSON.stringify([rest.sites, rest.modalities, rest.regions, rest.patients]);
  const { sites, modalities, regions, patients } = DEFAULT_CHOICES;
  const usual = key === JSON.stringify([sites, modalities, regions, patients]);
  const code = crc32(new TextEncoder().encode(key)).toString(16).padStart(8, '0').slice(0, 4);
  const words = [
    shortcut && 'with a frame',
    seed !== DEFAULT_CHOICES.seed && `seed ${seed}`,
    !usual && `choice ${code}`,
  ].filter(Boolean);
  return words.length > 0 ? `${NAME}, ${words.join(', ')}` : NAME;
}

export function createPracticeCommands(context: Context, parts: Parts): PracticeActions {
  const { get, set, go, notify } = context;

  function remember(project: string, choices: PracticeChoices, whole: boolean): void {
    const additions = withAddition(additionsOf(project), choices, whole);
    keepAdditions(project, additions);
    if (get().project.id === project) set({ practice: additions });
  }

  /** Reads the files of plans; `begin` is called once they are taken. Resolves to whether all were read. */
  function read(plan: PracticePlan, begin = () => {}): Promise<boolean> {
    const workers = parts.workers();
    async function* batches(signal: AbortSignal) {
      // A generator starts at its first request, so never if the files are refused.
      begin();
      yield* makeBatches(plan, workers, signal);
    }
    return parts.addBatches(batches, { files: filesOf(plan), eta: createPlanEta(plan, workers.length) });
  }

  async function add(choices: PracticeChoices, plan = planPractice(choices)): Promise<void> {
    const { id } = get().project;
    const whole = await read(plan, () => remember(id, choices, false));
    if (whole) remember(id, choices, true);
  }

  /** Existing files stay as the user left them, unless their generation was stopped. */
  async function complete(choices: PracticeChoices): Promise<void> {
    const key = JSON.stringify(choices);
    const stopped = get().practice.some((one) => !one.whole && JSON.stringify(one.choices) === key);
    if (!stopped || get().job || get().readOnly) return;
    const plan = missing(planPractice(choices), get().datasets);
    notify({
      tone: 'info',
      title: 'The practice project was not whole.',
      detail: 'Its making was stopped; what was read is kept.',
      next: plan.series.length > 0 ? 'The rest is made now.' : '',
      action: null,
    });
    await add(choices, plan);
  }

  return {
    openPractice: async (wanted = {}) => {
      const choices = { ...DEFAULT_CHOICES, ...wanted };
      await attempt(context, 'The practice project was not opened.', async () => {
        if (!(await parts.openNamed(practiceName(choices)))) return;
        go('data');
        if (get().datasets.length === 0) await add(choices);
        else await complete(choices);
      });
    },

    zipPractice: async (choices, { signal, onProgress }) => {
      const plan = planPractice(choices);
      const total = filesOf(plan);
      const batches = makeBatches(plan, parts.workers(), signal);
      const file = await zipBatches(batches, signal, (done) => onProgress(done, total));
      parts.save(`practice-${choices.seed}.zip`, file);
    },

    glimpses: () => openGlimpses(parts.workers()[0]),

    addPractice: async (choices) => {
      await attempt(context, 'The practice files were not added.', () => add(choices));
    },

    remakePractice: async (dataset) => {
      const { practice } = get();
      if (practice.length === 0) return;
      await attempt(context, 'The practice files were not made again.', async () => {
        await read(
          together(
            practice.map(({ choices }) => planPractice(choices)),
            dataset,
          ),
        );
      });
    },
  };
}

/** Includes the manifest. */
function filesOf({ series }: PracticePlan): number {
  return series.reduce((sum, { files }) => sum + files, 1);
}

/**
 * Merges plans into one. For a named dataset, only its part: seconds instead of a minute; all if no dataset has that
 * name, as after a rename.
 */
function together(plans: readonly PracticePlan[], dataset: string | undefined): PracticePlan {
  const all = plans.flatMap(({ series }) => series);
  const series = all.filter(({ site }) => site === dataset);
  return { series: series.length > 0 ? series : all, manifest: plans.flatMap(({ manifest }) => manifest) };
}

/** Without the sites that are complete. */
function missing(plan: PracticePlan, datasets: readonly DatasetRow[]): PracticePlan {
  const planned = new Map<string, number>();
  for (const { site, files } of plan.series) planned.set(site, (planned.get(site) ?? 0) + files);
  const there = new Set(
    datasets
      .filter(({ name, slices, excluded }) => slices + excluded >= (planned.get(name) ?? Infinity))
      .map(({ name }) => name),
  );
  return { ...plan, series: plan.series.filter(({ site }) => !there.has(site)) };
}
