/** Chooses the page; the theme is set on the document, where the tokens read it. */
import './theme/tokens.css';
import './theme/base.css';
import { useLayoutEffect } from 'react';
import type { State } from '../app/state.ts';
import { addressOf, judging } from './classify/model.ts';
import { useLab } from './context.ts';
import { PAGES } from './pages.ts';
import { Skeleton } from './parts/Skeleton.tsx';
import { Shell } from './shell/Shell.tsx';
import { StartFailure } from './shell/StartFailure.tsx';
import { UnknownPage, UnknownRun } from './shell/Unknown.tsx';
import { NEW_RUN } from './train/newrun.ts';

export function App() {
  const page = useLab((state) => state.page);
  const known = useLab((state) => state.known);
  const lost = useLab(isLost);
  const ready = useLab((state) => state.ready);
  const theme = useLab((state) => state.theme);

  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  const failure = useLab((state) => state.failure);
  if (failure) return <StartFailure title="This page can’t go on" error={failure} />;
  const { component: Page } = PAGES[page];
  return <Shell>{!known ? <UnknownPage /> : !ready ? <Skeleton /> : lost ? <UnknownRun /> : <Page />}</Shell>;
}

/** The second part of an address is a run's id, `new` on the Train page, or any model that judges on Classify. */
function isLost(state: State): boolean {
  const { page, detail, runs } = state;
  if (detail === null || (page === 'train' && detail === NEW_RUN)) return false;
  if (page === 'classify' && judging(state).some(({ choice }) => addressOf(choice) === detail)) return false;
  return !runs.some(({ id }) => id === detail);
}
