/** The actions of lesson steps, by the name in their links. */
import type { Actions } from '../../app/actions.ts';
import { presetConfig } from '../../core/train/presets.ts';

/** Share of wrong labels in the lesson on them. */
const LABEL_NOISE = 0.2;

export const ACTS = {
  practice: (actions) => void actions.openPractice(),
  'practice-shortcut': (actions) => void actions.openPractice({ shortcut: 'frame' }),
  data: (actions) => actions.go('data'),
  train: (actions) => actions.go('train'),
  results: (actions) => actions.go('results'),
  classify: (actions) => actions.go('classify'),
  'train-quick': (actions) => void actions.startRun(presetConfig('quick')),
  'train-noise': (actions) => void actions.startRun({ ...presetConfig('quick'), labelNoise: LABEL_NOISE }),
  'why-ct': (actions) => {
    actions.go('results', null, { split: 'validate', cell: 'CT-CT', side: 'why' });
  },
  'hide-border': (actions) => {
    actions.go('results', null, { split: 'validate', altered: 'border' });
  },
} as const satisfies Record<string, (actions: Actions) => void>;

export type ActName = keyof typeof ACTS;
