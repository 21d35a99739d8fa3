/** The selected dataset: its facts, its warnings and its slices. */
import { useEffect, useState } from 'react';
import { placeIn } from '../../app/route.ts';
import type { DatasetRow, KindFilter } from '../../app/state.ts';
import { sumOf } from '../../core/labels/counts.ts';
import { presetConfig } from '../../core/train/presets.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { InspectorDialog } from '../inspect/InspectorDialog.tsx';
import { KIND_TITLES } from '../inspect/words.ts';
import { Segmented } from '../parts/Segmented.tsx';
import { SliceGrid } from '../parts/SliceGrid.tsx';
import { type SliceSource, useSlices } from '../parts/slices.ts';
import { DatasetFactList } from './DatasetFactList.tsx';
import styles from './DatasetPanel.module.css';
import { DatasetWarnings } from './DatasetWarnings.tsx';
import { KindChips } from './KindChips.tsx';
import { LabelCounts } from './LabelCounts.tsx';
import { SeriesTable } from './SeriesTable.tsx';

const SPLIT_FROM = {
  proposed: 'proposed by the app',
  manifest: 'from a table',
  template: 'as in the paper',
  user: 'set by you',
} as const satisfies Record<DatasetRow['splitFrom'], string>;

const LISTS = [
  { value: 'slices', label: 'Slices' },
  { value: 'series', label: 'Series' },
] as const;

export function DatasetPanel({ dataset }: { dataset: DatasetRow }) {
  const view = useLab((state) => state.view);
  const actions = useActions();
  const only = view.only !== undefined && isKind(view.only) ? view.only : null;
  const size = useLab((state) => state.runs[0]?.config.inputSize) ?? presetConfig('quick').inputSize;
  const source: SliceSource = { kind: 'dataset', dataset: dataset.id, only };
  const labels = Object.values(dataset.counts);
  const seed = useLab((state) => state.caps?.seed);
  const version = `${dataset.kinds.all} ${dataset.exclude.join()} ${labels.join()} ${seed}`;
  const slices = useSlices(source, version);
  const [focus, setFocus] = useState<number | null>(null);
  const opened = placeIn(view.slice) !== null;
  const list = view.list === 'series' ? 'series' : 'slices';

  return (
    <aside className={styles.panel} aria-label="Selected dataset" data-testid="dataset-panel">
      <header className={styles.header}>
        <h2 title={dataset.name}>{dataset.name}</h2>
        <p>
          {dataset.location || 'no body location'} · {dataset.split}, {SPLIT_FROM[dataset.splitFrom]}
        </p>
        <LabelCounts dataset={dataset} />
        <dl className={styles.facts}>
          <Fact one="slice" many="slices" value={dataset.slices} />
          <Fact one="series" many="series" value={dataset.series} />
          <Fact one="patient" many="patients" value={dataset.patients} />
        </dl>
        {dataset.patientsUnknown && (
          <p>Patients can’t be told apart here: each image or volume counts as its own.</p>
        )}
        <OverCap dataset={dataset} />
        <DatasetWarnings dataset={dataset} />
        <DatasetFactList dataset={dataset} />
        <Segmented
          label="What to list"
          options={LISTS}
          value={list}
          onChange={(value) => actions.look({ list: value === 'series' ? value : undefined })}
          testId="dataset-list"
        />
        {list === 'slices' && (
          <KindChips
            dataset={dataset}
            only={only}
            onOnly={(kind) => {
              actions.look({ only: kind ?? undefined });
              setFocus(null);
            }}
          />
        )}
      </header>
      <div className={styles.slices}>
        {list === 'series' ? (
          <Series dataset={dataset.id} />
        ) : (
          <SliceGrid
            slices={slices}
            label={`Slices of ${dataset.name}`}
            tile={88}
            selected={focus}
            onSelect={setFocus}
            onOpen={(at) => actions.look({ slice: String(at) }, 'open')}
          />
        )}
      </div>
      {opened && (
        <InspectorDialog
          title={only ? `${dataset.name} · ${KIND_TITLES[only].toLowerCase()}` : dataset.name}
          source={source}
          version={version}
          size={size}
          onClose={() => actions.look({ slice: undefined, side: undefined }, 'close')}
        />
      )}
    </aside>
  );
}

function OverCap({ dataset: { capped } }: { dataset: DatasetRow }) {
  const out = sumOf(capped);
  if (out === 0) return null;
  return (
    <p data-testid="dataset-over-cap">
      {plural(out, 'more slice')} {out === 1 ? 'is' : 'are'} over the cap: kept, but not trained on or
      counted.
    </p>
  );
}

/** The list of all series is made when it is first looked at. */
function Series({ dataset }: { dataset: string }) {
  const labelling = useLab((state) => state.labelling);
  const project = useLab((state) => state.project.id);
  const actions = useActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project has other series
  useEffect(() => actions.watchSeries(), [actions, project]);
  if (labelling?.project !== project) return null;
  return <SeriesTable key={dataset} dataset={dataset} labelling={labelling} />;
}

function isKind(word: string): word is KindFilter {
  return Object.hasOwn(KIND_TITLES, word);
}

function Fact({ one, many, value }: { one: string; many: string; value: number }) {
  return (
    <div>
      <dt>{value === 1 ? one : many}</dt>
      <dd>{count(value)}</dd>
    </div>
  );
}
