/** What is known of the current series: its label and who gave it, what the model says, and its header. */

import { seriesName } from '../../app/label/queue.ts';
import { MIXED } from '../../core/dataset/seriesLabels.ts';
import { seriesAt } from '../../core/dataset/seriesList.ts';
import { formatLabel } from '../../core/formats/meta.ts';
import { NO_CLASS } from '../../core/labels/labelSet.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { KIND_WORDS } from '../inspect/words.ts';
import { Button } from '../parts/Button.tsx';
import { codeWords } from '../parts/codes.ts';
import { BothReaders, READER_KEYS } from './BothReaders.tsx';
import { ClassChip } from './ClassChip.tsx';
import styles from './ItemFacts.module.css';
import { ModelSays } from './ModelSays.tsx';
import type { Labeller } from './useLabeller.ts';
import { labelWords, sourceTitle } from './words.ts';

export function ItemFacts({ labeller }: { labeller: Labeller }) {
  const { labelling, queue, selection, slice, disagreed, run, readOnly } = labeller;
  const datasets = useLab((state) => state.datasets);
  const actions = useActions();
  if (queue.length === 0) return null;
  const { list, labels, set, proposals, doubts } = labelling;
  const series = seriesAt(list, queue.from[selection.at]);
  const facts = list.facts[series];
  const slices = list.start[series + 1] - list.start[series];
  const dataset = datasets.find(({ id }) => id === list.datasets[list.dataset[series]]);
  const label = labels.labelOf[series];
  const shown = labels.label[slice];
  const proposal = proposals[list.header[slice]];
  const doubt = doubts?.get(series);
  const readers = disagreed.get(series);
  return (
    <div className={styles.side}>
      <dl className={styles.facts} data-testid="item-facts">
        <dt>Label</dt>
        <dd>
          <ClassChip set={set} label={label} />{' '}
          {label === NO_CLASS ? '' : `from ${sourceTitle(labels.sourceOf[series])}`}
        </dd>
        {label === MIXED && (
          <>
            <dt>This slice</dt>
            <dd>
              <ClassChip set={set} label={shown} /> {sourceTitle(labels.source[slice])}
            </dd>
          </>
        )}
        {proposal.source === 'tag' && proposal.label !== shown && (
          <>
            <dt>Tag</dt>
            <dd className={styles.differs}>says {labelWords(set, proposal.label)}</dd>
          </>
        )}
        {labels.excludedOf[series] > 0 && (
          <>
            <dt>Excluded</dt>
            <dd>
              {labels.excludedOf[series] === slices
                ? 'all of it'
                : plural(labels.excludedOf[series], 'slice')}
            </dd>
          </>
        )}
        <dt>Dataset</dt>
        <dd>
          {dataset?.name ?? 'removed'}
          {dataset && `, ${dataset.split}`}
        </dd>
        <dt>Series</dt>
        <dd>
          #{count(list.number[series])}, {plural(slices, 'slice')}
        </dd>
        <dt>Modality</dt>
        <dd>{codeWords(facts.modalityTag)}</dd>
        {facts.bodyPart && (
          <>
            <dt>Body part</dt>
            <dd>{facts.bodyPart}</dd>
          </>
        )}
        <dt>Kind</dt>
        <dd>{facts.imageType ? KIND_WORDS[facts.imageType] : 'not known'}</dd>
        <dt>Format</dt>
        <dd>
          {formatLabel(facts.format)}, {facts.columns} × {facts.rows}
        </dd>
      </dl>
      {readers && (
        <section className={styles.readers} aria-label="Two readers" data-testid="two-readers">
          <BothReaders set={set} of={readers} />
          {([0, 1] as const).map((which) => (
            <Button
              key={which}
              size="small"
              disabled={readOnly}
              aria-keyshortcuts={READER_KEYS[which]}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run({ do: 'reader', which })}
            >
              {which === 0 ? 'First is right' : 'Second is right'} <kbd>{READER_KEYS[which]}</kbd>
            </Button>
          ))}
        </section>
      )}
      {doubt && <p className={styles.doubt}>{doubt.reason}</p>}
      <Says labeller={labeller} series={series} />
      {!queue.bySlice && slices > 1 && (
        <Button
          size="small"
          onClick={() => actions.look({ series: seriesName(list, series), as: undefined }, 'open')}
          data-testid="open-series"
        >
          Show its slices
        </Button>
      )}
    </div>
  );
}

/** The probabilities of the last model for the series. */
function Says({ labeller: { labelling }, series }: { labeller: Labeller; series: number }) {
  const run = useLab((state) => state.runs.find(({ id }) => id === labelling.answers?.run)?.title);
  const { answers, set } = labelling;
  if (!answers || answers.predicted[series] === NO_CLASS) return null;
  const { classes, probabilities } = answers;
  return (
    <ModelSays
      set={set}
      model={run ?? 'Model'}
      probabilities={probabilities.subarray(series * classes, (series + 1) * classes)}
    />
  );
}
