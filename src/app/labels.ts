/** Offers once to correct labels that earlier versions took from a folder against the DICOM tag. */
import { isByFolder } from '../core/dataset/contradictions.ts';
import { followTags } from '../core/dataset/followTags.ts';
import { attempt, type Context, refusedWhileBusy } from './context.ts';
import { readPreference, writePreference } from './preferences.ts';
import type { DatasetRow } from './state.ts';

export type LabelActions = {
  /** Relabels by DICOM tag the slices that a folder labelled differently. */
  labelByTags(): Promise<void>;
};

export type LabelCommands = LabelActions & {
  /** Shows the contradictions of an opened project, once. */
  offer(): void;
};

/** @param read reloads the open project */
export function createLabelCommands(context: Context, read: () => Promise<void>): LabelCommands {
  const { get, store, notify } = context;

  async function labelByTags(): Promise<void> {
    const { project, datasets } = get();
    if (refusedWhileBusy(context, 'The labels were not changed.')) return;
    await attempt(context, 'The labels were not changed.', async () => {
      const [[set], indexes] = await Promise.all([
        store.labelSets(project.id),
        store.shardIndexes(project.id),
      ]);
      await store.editLabels(project.id, followTags(indexes, set), get().reader, Date.now());
      await read();
      notify({
        tone: 'success',
        title: `${slicesWords(slicesByFolder(datasets))} labelled by the DICOM tag.`,
        detail: 'Those whose Modality stands for no class have no label now and are left out of training.',
        next: '',
        action: null,
      });
    });
  }

  return {
    labelByTags,

    offer: () => {
      const { project, datasets, readOnly } = get();
      const slices = slicesByFolder(datasets);
      const offered = (readPreference('labels-offered') ?? '').split(' ');
      if (slices === 0 || readOnly || offered.includes(project.id)) return;
      writePreference('labels-offered', [...offered.filter(Boolean), project.id].join(' '));
      notify({
        tone: 'info',
        title: `${slicesWords(slices)} of this project labelled by a folder against the DICOM tag.`,
        detail:
          'An earlier version let folders named after a class outrank a Modality such as RTDOSE or US. Nothing was changed yet.',
        next: 'The warnings on the Data page say which datasets; they offer this, too.',
        action: { label: 'Label by the tag', run: () => void labelByTags() },
      });
    },
  };
}

export function slicesByFolder(datasets: readonly Pick<DatasetRow, 'contradictions'>[]): number {
  return datasets
    .flatMap(({ contradictions }) => contradictions)
    .filter(isByFolder)
    .reduce((sum, { slices }) => sum + slices, 0);
}

function slicesWords(slices: number): string {
  return slices === 1 ? '1 slice is' : `${slices.toLocaleString('en')} slices are`;
}
