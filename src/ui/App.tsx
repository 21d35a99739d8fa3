/** Chooses the page; the theme is set on the document, where the tokens read it. */
import './theme/tokens.css';
import './theme/base.css';
import { useLayoutEffect } from 'react';
import { ClassifyPage } from './classify/ClassifyPage.tsx';
import { useLab } from './context.ts';
import { DataPage } from './data/DataPage.tsx';
import { Skeleton } from './parts/Skeleton.tsx';
import { ResultsPage } from './results/ResultsPage.tsx';
import { SettingsPage } from './settings/SettingsPage.tsx';
import { Shell } from './shell/Shell.tsx';
import { TrainPage } from './train/TrainPage.tsx';

const PAGES = {
  data: DataPage,
  train: TrainPage,
  results: ResultsPage,
  classify: ClassifyPage,
  settings: SettingsPage,
} as const;

export function App() {
  const page = useLab((state) => state.page);
  const ready = useLab((state) => state.ready);
  const theme = useLab((state) => state.theme);

  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  const Page = PAGES[page];
  return <Shell>{ready ? <Page /> : <Skeleton />}</Shell>;
}
