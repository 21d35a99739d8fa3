/** The weights that belong to a run's figures: classification and export never use another state. */
import { LabError } from '../core/errors.ts';
import { weightsHash } from '../core/train/checkpoint.ts';
import type { CheckpointRecord, RunRecord, Store } from './port.ts';

/** null if nothing that it learned is stored yet. @throws LabError `weights-differ` if only an older state is left */
export async function weightsOf(
  store: Pick<Store, 'latestCheckpoint'>,
  run: RunRecord,
): Promise<CheckpointRecord | null> {
  const checkpoint = await store.latestCheckpoint(run.id);
  // What it began with is another model's.
  if (run.config.start && checkpoint?.step === 0 && checkpoint.fingerprint === '') return null;
  if (checkpoint && run.evaluation && !belongs(run, checkpoint)) throw differ(checkpoint);
  return checkpoint;
}

/** Runs whose evaluations do not name their weights are compared by steps. */
function belongs({ evaluated, points, config, status }: RunRecord, checkpoint: CheckpointRecord): boolean {
  if (evaluated) return evaluated.weights === weightsHash(checkpoint.trainer.model);
  const finished = status !== 'finished' || checkpoint.epoch >= config.epochs;
  return finished && checkpoint.step >= (points.at(-1)?.step ?? 0);
}

function differ({ epoch, step }: CheckpointRecord): LabError {
  return new LabError(
    'weights-differ',
    `The newest stored state of this run is damaged. An older one is left, after epoch ${epoch} and step ${step}: its weights are not those of the results shown.`,
    'Nothing was done with the older weights.',
    'Press “Evaluate again” on the Results page to use the older state with its own results, or train again.',
  );
}
