/** Whether a classification looks at every slice: a setting of this browser, off unless the user turned it on. */
import { readPreference, removePreference, writePreference } from './preferences.ts';

export function looksAtEverySlice(): boolean {
  return readPreference('every-slice') === 'yes';
}

export function lookAtEverySlice(every: boolean): void {
  if (every) writePreference('every-slice', 'yes');
  else removePreference('every-slice');
}
