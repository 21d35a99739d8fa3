/** The notice at the end of a drop: its result, in the matching tone. */
import type { JobProgress } from '../core/files/progress.ts';
import { FORMAT_LIST } from '../core/formats/meta.ts';
import type { Notice } from './state.ts';

type Figures = Pick<JobProgress, 'files' | 'read' | 'other' | 'skipped' | 'slices' | 'known'>;

/** @param showFiles opens the list of files and reasons */
export function added(figures: Figures, datasets: number, showFiles: () => void): Omit<Notice, 'id'> {
  const { files, read, other, skipped, slices, known } = figures;
  const whyNot = { label: 'Why?', run: showFiles };
  if (slices === 0 && known === 0) {
    return {
      tone: 'error',
      title: files === 0 ? 'There was no file in it.' : 'No slice was found in these files.',
      detail:
        files === 0
          ? 'What was dropped is empty, or holds only what systems leave behind. Nothing was stored.'
          : `${unusable(skipped)} Nothing was stored.`.trim(),
      next: `Drop a folder of ${FORMAT_LIST} images.`,
      action: skipped > 0 ? whyNot : null,
      about: 'drop',
    };
  }
  const notes = [
    slices > 0 && known > 0 ? `${count(known, 'slice')} had been added before.` : '',
    other > 0 ? `${count(other, 'file')} ${are(other)} kept without a label and left out of training.` : '',
    unusable(skipped),
  ];
  return {
    tone: slices > 0 && read > 0 ? 'success' : 'info',
    title:
      slices > 0
        ? `Added ${count(slices, 'slice')} to ${count(datasets, 'dataset')}.`
        : 'Nothing new: these slices are in the project already.',
    detail: notes.filter(Boolean).join(' '),
    next: '',
    action: other + skipped > 0 ? whyNot : null,
    about: 'drop',
  };
}

function unusable(files: number): string {
  return files > 0 ? `${count(files, 'file')} could not be used.` : '';
}

function are(n: number): string {
  return n === 1 ? 'is' : 'are';
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
