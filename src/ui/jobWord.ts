/** The current work on files, in one word. */
import type { Job } from '../app/state.ts';

const WORDS = { ingest: 'Reading', classify: 'Classifying' } as const satisfies Record<Job['kind'], string>;

export function jobWord({ kind, making }: Pick<Job, 'kind' | 'making'>): string {
  return making ? 'Making' : WORDS[kind];
}
