/** The frame around every page: bars, rail, notices, drop target and keys. */
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useLab } from '../context.ts';
import { LessonPanel } from '../lessons/LessonPanel.tsx';
import { DropTarget } from './DropTarget.tsx';
import { HeadersBanner } from './HeadersBanner.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { Notices } from './Notices.tsx';
import { QuestionDialog } from './QuestionDialog.tsx';
import { Rail } from './Rail.tsx';
import { ReadOnlyBanner } from './ReadOnlyBanner.tsx';
import styles from './Shell.module.css';
import { StatusBar } from './StatusBar.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TopBar } from './TopBar.tsx';
import { titleOf } from './title.ts';
import { VersionBanner } from './VersionBanner.tsx';

export function Shell({ children }: { children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const [keysShown, setKeysShown] = useState(false);
  const ready = useLab((state) => state.ready);
  const openKeys = useCallback(() => setKeysShown(true), []);
  useShortcuts(openKeys);

  const title = useLab(titleOf);
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div className={styles.shell}>
      {/* A button: the part after # is the page's address, which a link to an anchor would change. */}
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <TopBar />
      <Rail />
      <main ref={main} tabIndex={-1} className={styles.page} data-testid="page" data-ready={ready}>
        <ReadOnlyBanner />
        <VersionBanner />
        <HeadersBanner />
        {children}
      </main>
      <LessonPanel />
      <StatusBar onKeys={openKeys} />
      <Notices />
      <DropTarget />
      <QuestionDialog />
      {keysShown && <KeysDialog onClose={() => setKeysShown(false)} />}
    </div>
  );
}
