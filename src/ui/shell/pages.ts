/** The pages, in the order of the rail, each with one line of guidance for the status bar. */
import type { Page } from '../../app/state.ts';
import type { IconName } from '../parts/Icon.tsx';

export const PAGES: readonly { page: Page; label: string; icon: IconName; key: string; guide: string }[] = [
  {
    page: 'data',
    label: 'Data',
    icon: 'data',
    key: 'd',
    guide: 'A dataset is in one split as a whole: test is never trained on. Next: Train.',
  },
  {
    page: 'train',
    label: 'Train',
    icon: 'train',
    key: 't',
    guide: 'Where the two lines part, the network learns by heart. Next: Results, when it ends.',
  },
  {
    page: 'results',
    label: 'Results',
    icon: 'results',
    key: 'r',
    guide: 'The worst rows say most: press one to see its images. Next: Classify, with files of your own.',
  },
  {
    page: 'classify',
    label: 'Classify',
    icon: 'classify',
    key: 'c',
    guide: 'Only CT, MR, PT and XR are known: look at what differs or is unsure.',
  },
  {
    page: 'lessons',
    label: 'Lessons',
    icon: 'lessons',
    key: 'l',
    guide:
      'Pictures of simulated patients: nobody’s data are needed. Next: the first that you have not done.',
  },
  {
    page: 'settings',
    label: 'Settings',
    icon: 'settings',
    key: 's',
    guide: 'Everything here is kept in this browser alone.',
  },
];

/** On the Data page of a project that holds nothing. */
export const FIRST_GUIDE = 'Nothing is here yet. Next: a folder of yours, or the practice project.';
