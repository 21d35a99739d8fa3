/** Device, appearance, project, storage, reading of files, privacy, about. */
import { AboutCard } from './AboutCard.tsx';
import { AppearanceCard } from './AppearanceCard.tsx';
import { DeviceCard } from './DeviceCard.tsx';
import { LabelSetsCard } from './LabelSetsCard.tsx';
import { OfflineCard } from './OfflineCard.tsx';
import { PrivacyCard } from './PrivacyCard.tsx';
import { ProjectCard } from './ProjectCard.tsx';
import { ReaderCard } from './ReaderCard.tsx';
import { ReadingCard } from './ReadingCard.tsx';
import styles from './SettingsPage.module.css';
import { StorageCard } from './StorageCard.tsx';

export function SettingsPage() {
  return (
    <div className={styles.page}>
      <h1>Settings</h1>
      <div className={styles.cards}>
        <div>
          <DeviceCard />
          <AppearanceCard />
          <ProjectCard />
          <StorageCard />
        </div>
        <div>
          <LabelSetsCard />
          <ReaderCard />
          <ReadingCard />
        </div>
        <div>
          <PrivacyCard />
          <OfflineCard />
          <AboutCard />
        </div>
      </div>
    </div>
  );
}
