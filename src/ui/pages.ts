/** The pages, one entry each, in the order of the rail. */
import type { ReactNode } from 'react';
import type { Page } from '../app/route.ts';
import { ClassifyPage } from './classify/ClassifyPage.tsx';
import { DataPage } from './data/DataPage.tsx';
import { LabelPage } from './label/LabelPage.tsx';
import { LessonsPage } from './lessons/LessonsPage.tsx';
import type { IconName } from './parts/Icon.tsx';
import { ResultsPage } from './results/ResultsPage.tsx';
import { SettingsPage } from './settings/SettingsPage.tsx';
import { TrainPage } from './train/TrainPage.tsx';

type PageEntry = {
  component: () => ReactNode;
  label: string;
  icon: IconName;
  /** The key after g. */
  key: string;
  /** One line of guidance for the status bar. */
  guide: string;
};

export const PAGES: Record<Page, PageEntry> = {
  data: {
    component: DataPage,
    label: 'Data',
    icon: 'data',
    key: 'd',
    guide: 'A dataset is in one split as a whole: test is never trained on. Next: Train.',
  },
  label: {
    component: LabelPage,
    label: 'Label',
    icon: 'label',
    key: 'b',
    guide:
      'A digit labels and goes on, U takes it back, ? shows all keys. Next: Train, when nothing is left.',
  },
  train: {
    component: TrainPage,
    label: 'Train',
    icon: 'train',
    key: 't',
    guide: 'Where the two lines part, the network learns by heart. Next: Results, when it ends.',
  },
  results: {
    component: ResultsPage,
    label: 'Results',
    icon: 'results',
    key: 'r',
    guide: 'The worst rows say most: press one to see its images. Next: Classify, with files of your own.',
  },
  classify: {
    component: ClassifyPage,
    label: 'Classify',
    icon: 'classify',
    key: 'c',
    guide: 'A model knows its own classes alone: look at what differs or is unsure.',
  },
  lessons: {
    component: LessonsPage,
    label: 'Lessons',
    icon: 'lessons',
    key: 'l',
    guide: 'Pictures of simulated patients: no real data are needed. Next: the first that you have not done.',
  },
  settings: {
    component: SettingsPage,
    label: 'Settings',
    icon: 'settings',
    key: 's',
    guide: 'Everything here is kept in this browser alone.',
  },
};

export const PAGE_NAMES = Object.keys(PAGES) as Page[];

/** Guidance on the Data page of an empty project. */
export const FIRST_GUIDE = 'Nothing is here yet. Next: a folder of yours, or the practice project.';
