/** Which runs a search, a status and a tag leave. */
import type { RunRow, RunStatus } from '../../app/state.ts';
import { searchOf } from '../parts/search.ts';

export type RunsFilter = { search: string; status: RunStatus | 'all'; tag: string };

export const ALL_RUNS: RunsFilter = { search: '', status: 'all', tag: '' };

/** Every word of the search must be in its title, note, tags or network. */
export function filterRuns(runs: readonly RunRow[], { search, status, tag }: RunsFilter): RunRow[] {
  const finds = searchOf(search);
  return runs.filter((run) => {
    if (status !== 'all' && run.status !== status) return false;
    if (tag && !run.tags?.includes(tag)) return false;
    const { title, note, tags = [], config } = run;
    return !finds || finds([title, note, ...tags, config.network, config.preset]);
  });
}

/** All tags in use, by the alphabet. */
export function tagsOf(runs: readonly RunRow[]): string[] {
  return [...new Set(runs.flatMap(({ tags = [] }) => tags))].sort((a, b) => a.localeCompare(b, 'en'));
}
