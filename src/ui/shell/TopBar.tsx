/** Name, project, and running work. */
import { JobBar } from './JobBar.tsx';
import { LivePill } from './LivePill.tsx';
import { ProjectMenu } from './ProjectMenu.tsx';
import styles from './TopBar.module.css';

export function TopBar() {
  return (
    <header className={styles.top}>
      <span className={styles.name}>
        <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} width={24} height={24} alt="" />
        Modality Lab
      </span>
      <ProjectMenu />
      <div className={styles.work}>
        <LivePill />
        <JobBar />
      </div>
    </header>
  );
}
