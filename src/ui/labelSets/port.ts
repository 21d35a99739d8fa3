/** What the menu, the card and the dialogs of label sets need of the app. */
import type { LabelTrial } from '../../app/labelTrial.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';

export type LabelSetPort = {
  /** Of the open project, the default one first. */
  sets: readonly LabelSet[];
  /** Id of the set in use. */
  active: string;
  /** Why nothing can be stored now; null if it can. */
  blocked: string | null;
  /** Begun when a dialog opens. */
  begin: () => LabelTrial;
  /** Stores a set; a new one is used from then on. */
  put: (set: LabelSet, isNew: boolean) => void;
  remove: (id: string) => void;
  use: (id: string) => void;
  download: (set: LabelSet) => void;
};
