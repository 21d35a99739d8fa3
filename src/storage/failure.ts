/** Turns what IndexedDB throws into errors that name cause, outcome and next step. */
import { LabError } from '../core/errors.ts';

const KEPT = 'Nothing of this step was stored; everything before it is kept.';

export function storageError(error: unknown): LabError {
  if (error instanceof LabError) return error;
  const name = error instanceof Error ? error.name : '';
  const options = { cause: error };
  // A full disk shows as a quota error, or as a blob that could not be written.
  if (name === 'QuotaExceededError' || (error instanceof Error && /write blobs|disk/i.test(error.message))) {
    return new LabError(
      'storage-full',
      'The browser has no room left for this app.',
      KEPT,
      'Free disk space, or remove datasets and runs you no longer need, then try again.',
      options,
    );
  }
  if (name === 'VersionError') {
    return new LabError(
      'storage-version',
      'The stored projects were written by a newer version of this app.',
      'Nothing was changed.',
      'Close the other tabs of this app and reload this one.',
      options,
    );
  }
  return new LabError(
    'storage-failed',
    'The browser’s database did not complete a step.',
    KEPT,
    'Try again; if it happens again, reload the page. Private windows may refuse to store anything.',
    options,
  );
}

export function shardDamaged(shard: number, cause?: unknown): LabError {
  return new LabError(
    'shard-damaged',
    `The stored images of shard ${shard} are damaged: their checksum does not match.`,
    'Nothing was changed. The other shards are not affected.',
    'Remove the datasets concerned and drop their files again.',
    { cause },
  );
}

export function checkpointDamaged(): LabError {
  return new LabError(
    'checkpoint-damaged',
    'Both stored states of the run are damaged: their checksums do not match.',
    'The run’s record and curves are kept.',
    'Start the run again.',
  );
}
