/** Chooses the page; the theme is set on the document, where the tokens read it. */
import './theme/tokens.css';
import './theme/base.css';
import { type ReactNode, useLayoutEffect } from 'react';
import type { Page, State } from '../app/state.ts';
import { ClassifyPage } from './classify/ClassifyPage.tsx';
import { useLab } from './context.ts';
import { DataPage } from './data/DataPage.tsx';
import { LessonsPage } from './lessons/LessonsPage.tsx';
import { Skeleton } from './parts/Skeleton.tsx';
import { ResultsPage } from './results/ResultsPage.tsx';
import { SettingsPage } from './settings/SettingsPage.tsx';
import { Shell } from './shell/Shell.tsx';
import { StartFailure } from './shell/StartFailure.tsx';
import { UnknownPage, UnknownRun } from './shell/Unknown.tsx';
import { NEW_RUN } from './train/newrun.ts';
import { TrainPage } from './train/TrainPage.tsx';

const PAGES = {
  data: DataPage,
  train: TrainPage,
  results: ResultsPage,
  classify: ClassifyPage,
  lessons: LessonsPage,
  settings: SettingsPage,
} as const satisfies Record<Page, () => ReactNode>;

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
  const Page = PAGES[page];
  return <Shell>{!known ? <UnknownPage /> : !ready ? <Skeleton /> : lost ? <UnknownRun /> : <Page />}</Shell>;
}

/** The second part of an address is a run's id, or on Train the word for a new one. */
function isLost({ page, detail, runs }: State): boolean {
  if (detail === null || (page === 'train' && detail === NEW_RUN)) return false;
  return !runs.some(({ id }) => id === detail);
}
