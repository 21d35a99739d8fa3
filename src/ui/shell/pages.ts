/** The pages, in the order of the rail. */
import type { Page } from '../../app/state.ts';
import type { IconName } from '../parts/Icon.tsx';

export const PAGES: readonly { page: Page; label: string; icon: IconName; key: string }[] = [
  { page: 'data', label: 'Data', icon: 'data', key: 'd' },
  { page: 'train', label: 'Train', icon: 'train', key: 't' },
  { page: 'results', label: 'Results', icon: 'results', key: 'r' },
  { page: 'classify', label: 'Classify', icon: 'classify', key: 'c' },
  { page: 'settings', label: 'Settings', icon: 'settings', key: 's' },
];
