/** Repeats a recorded run: its data are found among the project's, its splits and settings taken from the record. */

import { type Caps, capWords, sameCaps } from '../core/dataset/caps.ts';
import { PROTOCOLS } from '../core/dataset/protocols/index.ts';
import type { Fold } from '../core/dataset/protocols/protocol.ts';
import type { Share } from '../core/dataset/share.ts';
import { LabError } from '../core/errors.ts';
import { MOST_RUN_BYTES, type RecordedRun, readRunFile, tooLarge } from '../core/export/runFile.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import type { Contents } from '../core/train/contents.ts';
import type { Repeats } from '../core/train/repeat.ts';
import { SPLITS } from '../core/types.ts';
import type { DatasetRecord } from '../storage/port.ts';
import { attempt, type Context, refusedWhileBusy } from './context.ts';
import { refused, takenFromTraining } from './sharing.ts';
import type { TrainActions } from './train.ts';

export type RepeatActions = {
  /** From a run manifest or a report. Asks before it changes splits; trains nothing on other data than the recorded ones. */
  repeatRun(file: File): Promise<void>;
};

type Host = {
  startRun: TrainActions['startRun'];
  refresh(): Promise<void>;
  contents(labelSet: LabelSet, fold: Fold | undefined, share: Share | undefined): Promise<Contents>;
};

const TITLE = 'The run was not repeated.';

export function createRepeatCommands(context: Context, { startRun, refresh, contents }: Host): RepeatActions {
  const { get, store, notify, ask } = context;

  /** Splits, what is left out, caps and the label set, as recorded; null if the user declines. */
  async function arranged(run: RecordedRun, found: Matches): Promise<Contents | null> {
    const { project, labelSets } = get();
    const whole = patientFold(run) === undefined;
    const changed = [...found].flatMap(([record, dataset]) =>
      asRecorded(record, whole ? dataset : { ...dataset, split: record.split }),
    );
    const set = labelSets.find(({ id }) => id === run.labelSet.id);
    const sameSet = set !== undefined && JSON.stringify(set) === JSON.stringify(run.labelSet);
    const recapped = !sameCaps(get().caps, run.caps);
    if (changed.length > 0 || (set && !sameSet) || recapped) {
      const yes = await ask({
        title: 'Arrange the data as in the record?',
        lines: [
          ...(changed.length > 0
            ? [
                `${changed.length === 1 ? '1 dataset gets' : `${changed.length} datasets get`} the split and the kinds left out of the recorded run.`,
              ]
            : []),
          ...(set && !sameSet ? [`The label set “${set.name}” gets the rules of the record.`] : []),
          ...(recapped ? [`Caps: ${capWords(run.caps, run.labelSet)}`] : []),
          'Runs that are stored keep what they were made of.',
        ],
        yes: 'Arrange and train',
        no: 'Change nothing',
        danger: false,
      });
      if (!yes) return null;
    }
    if (!sameSet) await store.putLabelSet(project.id, run.labelSet);
    if (changed.length > 0) await store.putDatasets(changed);
    if (recapped) await store.setCaps(project.id, run.caps);
    if (!sameSet || changed.length > 0 || recapped) await refresh();
    return contents(run.labelSet, patientFold(run), run.config.share);
  }

  /** After nothing was trained. */
  async function restored(
    run: RecordedRun,
    datasets: DatasetRecord[],
    sets: readonly LabelSet[],
    caps: Caps | null,
  ) {
    const set = sets.find(({ id }) => id === run.labelSet.id);
    if (set) await store.putLabelSet(get().project.id, set);
    await store.putDatasets(datasets);
    await store.setCaps(get().project.id, caps);
    await refresh();
  }

  async function repeat(file: File): Promise<void> {
    if (file.size > MOST_RUN_BYTES) throw tooLarge();
    const run = readRunFile(await file.text());
    const { project, labelSets, caps } = get();
    checkOptions(run, project.options);
    const before = await store.datasets(project.id);
    const named = matchNames(run, before);
    const first = await arranged(run, named);
    if (!first) return;
    // A dataset that has another name here is known by its pixels.
    const found = matchContents(run, before, named, first);
    const now = found.size > named.size ? await arranged(run, found) : first;
    const differences = now ? differingData(run, before, found, now) : [];
    if (!now || differences.length > 0) await restored(run, before, labelSets, caps);
    if (!now) return;
    if (differences.length > 0) {
      notify({
        tone: 'error',
        title: TITLE,
        detail: `The data are not those of the record, so nothing was trained. ${shortened(differences)}`,
        next: 'Open a project with exactly the recorded files, read with the same options, and try again.',
        action: null,
      });
      return;
    }
    const { fold: _, testOnDemand, ...config } = run.config;
    // A record without figures of test leaves test closed; one that has them is repeated with them.
    const closed = testOnDemand && run.evaluation.test === null;
    const fold = patientFold(run);
    await startRun(
      { ...config, ...(fold ? { fold } : {}), ...(closed ? { testOnDemand } : {}), device: run.device.name },
      { labelSet: run.labelSet, repeats: repeatsOf(run, found, now) },
    );
  }

  return {
    repeatRun: async (file) => {
      if (refused(context, TITLE, takenFromTraining(get())) || refusedWhileBusy(context, TITLE)) return;
      await attempt(context, TITLE, () => repeat(file));
    },
  };
}

/**
 * Folds over datasets are repeated by the splits that the record names: another project deals its datasets otherwise. Within
 * a dataset no record names the patients of a split.
 */
function patientFold({ config: { fold } }: RecordedRun): Fold | undefined {
  return fold && PROTOCOLS[fold.protocol].unit === 'patient' ? fold : undefined;
}

/** Of this project, the dataset that the record calls by an id. */
type Matches = ReadonlyMap<DatasetRecord, RecordedRun['datasets'][number]>;

function matchNames({ datasets }: RecordedRun, records: readonly DatasetRecord[]): Matches {
  return new Map(
    records.flatMap((record) => {
      const dataset = datasets.find(({ name }) => name === record.name);
      return dataset ? [[record, dataset] as const] : [];
    }),
  );
}

/** With those that have the same slices and labels as a dataset of the record that has no other match. */
function matchContents(
  { datasets, contents }: RecordedRun,
  records: readonly DatasetRecord[],
  named: Matches,
  now: Contents,
): Matches {
  const found = new Map(named);
  const left = datasets.filter((dataset) => ![...named.values()].includes(dataset));
  for (const record of records) {
    const print = SPLITS.map((split) => now.datasets[split][record.id]).find(Boolean);
    if (found.has(record) || !print) continue;
    const at = left.findIndex(({ id }) => SPLITS.some((split) => contents.datasets[split][id] === print));
    if (at >= 0) found.set(record, left.splice(at, 1)[0]);
  }
  return found;
}

function asRecorded(record: DatasetRecord, { split, leftOut: { kinds } }: RecordedRun['datasets'][number]) {
  const same = record.split === split && [...record.exclude].sort().join() === [...kinds].sort().join();
  return same ? [] : [{ ...record, split, splitFrom: 'user' as const, settled: true, exclude: kinds }];
}

/** Datasets that are missing, other than in the record, or not in it; one sentence each, with their fingerprints. */
function differingData(
  { datasets, contents }: RecordedRun,
  records: readonly DatasetRecord[],
  found: Matches,
  now: Contents,
): string[] {
  const here = new Map([...found].map(([record, { id }]) => [id, record]));
  const recorded = datasets.flatMap(({ id, name }) => {
    const then = SPLITS.flatMap((split) => printIn(contents, split, id)).join(', ');
    const record = here.get(id);
    const is = record ? SPLITS.flatMap((split) => printIn(now, split, record.id)).join(', ') : '';
    if (then === is) return [];
    if (is === '') return [`“${name}” (${then}) is missing.`];
    if (then === '') return [`“${name}” (${is}) has slices that count here and had none then.`];
    return [`“${name}” has other slices, labels or options: ${then} in the record, ${is} here.`];
  });
  const more = records
    .filter((record) => !found.has(record))
    .flatMap(({ id, name }) => {
      const is = SPLITS.flatMap((split) => printIn(now, split, id)).join(', ');
      return is ? [`“${name}” (${is}) is not in the record.`] : [];
    });
  return [...recorded, ...more];
}

function printIn({ datasets }: Contents, split: (typeof SPLITS)[number], id: string): string[] {
  const print = Object.hasOwn(datasets[split], id) ? datasets[split][id] : null;
  return print ? [`${split} ${print}`] : [];
}

const MOST_SHOWN = 6;

function shortened(sentences: readonly string[]): string {
  const more = sentences.length - MOST_SHOWN;
  return [...sentences.slice(0, MOST_SHOWN), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

/** Names are left out: they are the project's, and may be withdrawn. */
function repeatsOf(run: RecordedRun, found: Matches, now: Contents): Repeats {
  const ids = new Map([...found].map(([record, { id }]) => [id, record.id]));
  const figures = (split: (typeof SPLITS)[number]) => {
    const of = run.evaluation[split];
    if (!of) return null;
    const { n, metrics, perClass, confusion } = of;
    const perDataset = of.perDataset.map(({ id, modality, n, correct }) => ({
      id: ids.get(id) ?? '',
      modality,
      n,
      correct,
    }));
    return { n, metrics, perClass, confusion, perDataset };
  };
  return {
    started: run.started,
    commit: run.app.commit,
    device: run.device,
    sameOrder: run.contents.order.train === now.order.train,
    config: run.config,
    weights: run.weights,
    history: run.history,
    evaluation: { train: figures('train'), validate: figures('validate'), test: figures('test') },
    calibration: run.calibration,
  };
}

function checkOptions(
  { preprocessing }: RecordedRun,
  { antialias, padding }: RecordedRun['preprocessing'],
): void {
  if (preprocessing.antialias === antialias && preprocessing.padding === padding) return;
  const smooth = preprocessing.antialias ? 'on' : 'off';
  const leave = preprocessing.padding === 'exclude' ? 'on' : 'off';
  throw new LabError(
    'run-options',
    'Its files were read with other options than this project’s.',
    'Nothing was changed.',
    `In a new project, turn “Smooth when shrinking” ${smooth} and “Leave DICOM’s padding values out of min-max” ${leave} on the Settings page, then add the files.`,
  );
}
