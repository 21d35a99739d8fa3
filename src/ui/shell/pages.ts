/** The pages, in the order of the rail, each with one line of guidance for the status bar. */
import type { Page } from '../../app/state.ts';
import type { IconName } from '../parts/Icon.tsx';

export const PAGES: readonly { page: Page; label: string; icon: IconName; key: string; guide: string }[] = [
  {
    page: 'data',
    label: 'Data',
    icon: 'data',
    key: 'd',
    guide: 'Each dataset is in one split as a whole: test sets are never trained on.',
  },
  {
    page: 'train',
    label: 'Train',
    icon: 'train',
    key: 't',
    guide: 'Where the two lines part, the network learns its data by heart.',
  },
  {
    page: 'results',
    label: 'Results',
    icon: 'results',
    key: 'r',
    guide: 'The worst rows say most. Press a row or a cell to see its images.',
  },
  {
    page: 'classify',
    label: 'Classify',
    icon: 'classify',
    key: 'c',
    guide: 'Only CT, MR, PT and XR are known: look at what differs or is unsure.',
  },
  {
    page: 'settings',
    label: 'Settings',
    icon: 'settings',
    key: 's',
    guide: 'Everything here is kept in this browser alone.',
  },
];
