/** The destination of files dropped now, shown before anything is read. */

import type { Actions } from '../../app/actions.ts';
import type { DropSource } from '../../app/drop.ts';
import type { State } from '../../app/state.ts';
import { chosenJudging } from '../classify/model.ts';

export type Destination = {
  title: string;
  detail: string;
  /** null if a drop is refused; `detail` then says why. */
  take: ((source: DropSource, actions: Actions) => void) | null;
};

export function destination(state: State): Destination {
  if (!state.ready) return refuse('The project is still opening.');
  if (state.job) return refuse('Other files are being read. Wait until they are done, or cancel that.');
  if (state.page === 'classify') {
    const model = chosenJudging(state);
    if (!model) {
      return {
        title: 'List the series of these files',
        detail: 'by what their headers say: there is no model yet. Nothing is stored.',
        take: (source, actions) => void actions.classifyFiles(source, null),
      };
    }
    return {
      title: 'Classify these files',
      detail: `with ${model.title}. Nothing is stored.`,
      take: (source, actions) => void actions.classifyFiles(source, model.choice),
    };
  }
  if (state.readOnly) return refuse('This project is open in another tab: take over first.');
  return {
    title: `Add to “${state.project.name}”`,
    detail: 'Files are read here; only their slices are kept. Nothing leaves this machine.',
    take: (source, actions) => void actions.addFiles(source),
  };
}

function refuse(detail: string): Destination {
  return { title: 'Not now', detail, take: null };
}
