/**
 * The tab's title: progress, the page with the open classified series, the project. Names of datasets
 * and files are never included.
 */
import type { State } from '../../app/state.ts';
import { PAGES } from '../pages.ts';

type Shown = Pick<State, 'page' | 'known' | 'project' | 'job' | 'live' | 'runs' | 'view' | 'classify'>;

const APP = 'Modality Lab';

/** "37 % · Train – Practice project · Modality Lab". */
export function titleOf(state: Shown): string {
  const label = state.known ? PAGES[state.page].label : 'No such page';
  const shown = label + seriesOf(state);
  const place = state.project.name ? `${shown} – ${state.project.name}` : shown;
  return [progressOf(state), place, APP].filter(Boolean).join(' · ');
}

/** By the number the scanner gave it; without a number it is "a series". */
function seriesOf({ page, view, classify }: Shown): string {
  if (page !== 'classify' || view.series === undefined) return '';
  const series = classify.series.find(({ key }) => key === view.series);
  if (!series) return '';
  return series.number === null ? ', a series' : `, series ${series.number}`;
}

/** Files before training: they finish sooner. */
function progressOf({ job, live, runs }: Shown): string {
  if (job) return percent(job.done, job.total);
  const run = runs.find(({ id }) => id === live?.run);
  if (!live || !run || (run.status !== 'running' && run.status !== 'paused')) return '';
  const share = percent(live.latest?.epoch ?? 0, run.config.epochs);
  return live.phase === 'paused' ? `${share}, paused` : share;
}

/** Rounded down, so that 100 % means finished. */
function percent(part: number, whole: number): string {
  return whole > 0 ? `${Math.min(100, Math.floor((100 * part) / whole))} %` : '';
}
