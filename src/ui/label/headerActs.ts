/** What stands at the right of the Label page's header, one line each: a component with its button and its dialog. */
import type { ReactNode } from 'react';
import { ExchangeButtons } from './exchange/ExchangeButtons.tsx';

export const HEADER_ACTS: readonly { name: string; Act: () => ReactNode }[] = [
  { name: 'exchange', Act: ExchangeButtons },
];
