/** Turns IndexedDB exceptions into errors with cause, outcome and next step. */
import { LabError } from '../core/errors.ts';

const KEPT = 'Nothing of this step was stored; everything before it is kept.';

export function storageError(error: unknown): LabError {
  if (error instanceof LabError) return error;
  const name = error instanceof Error ? error.name : '';
  const options = { cause: error };
  // A full disk raises a quota error, or an error on writing a blob.
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
      'The projects in this browser were written by a newer version of this app.',
      'Nothing was read or changed: they are all still there.',
      'Update the app (fetch its newest version, then npm start) and open this page again. Don’t clear the site’s data: that would delete the projects.',
      options,
    );
  }
  if (name === 'NotFoundError') return databaseForeign(error);
  return new LabError(
    'storage-failed',
    'The browser’s database did not complete a step.',
    KEPT,
    'Try again; if it happens again, reload the page. Private windows may refuse to store anything.',
    options,
  );
}

/** @param slices number just found damaged */
export function shardDamaged(slices: number): LabError {
  const [are, they] = slices === 1 ? ['slice is', 'It was'] : ['slices are', 'They were'];
  return new LabError(
    'shard-damaged',
    `${slices.toLocaleString('en')} stored ${are} damaged: the checksum of the pixels does not match.`,
    `${they} marked and take part in nothing any more; everything else is kept.`,
    'The Data page lists the damaged datasets: drop their files again to heal them, then continue.',
  );
}

export function shardMissing(): LabError {
  return new LabError(
    'shard-missing',
    'Images that this needs are no longer stored.',
    'Their datasets were removed meanwhile; nothing else was changed.',
    'Drop their files again, or go on without them.',
  );
}

export function databaseForeign(cause?: unknown): LabError {
  return new LabError(
    'storage-foreign',
    'In this browser another program has stored data of its own under this app’s name.',
    'Nothing was read or changed.',
    'Start this app on another port (npm start -- --port 4322). If you don’t know the other program and miss nothing, you can clear the site data of this address in the browser’s settings instead.',
    { cause },
  );
}

export function databaseGone(): LabError {
  return new LabError(
    'storage-gone',
    'Everything stored by this app was deleted: in another tab, or by clearing the browser’s site data.',
    'What this page still showed is no longer stored, and nothing of it was written again.',
    'Reload to start again. Your own image files were not touched: drop them again to restore them.',
  );
}

export function writerLost(): LabError {
  return new LabError(
    'writer-lost',
    'Another tab has taken this project over.',
    'What was stored before that is kept; this tab writes nothing more.',
    'Go on in the other tab, or take the project over here.',
  );
}

export function projectMissing(): LabError {
  return new LabError(
    'project-missing',
    'This project is no longer stored.',
    'It was deleted, perhaps in another tab.',
    'Open or make another project.',
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
