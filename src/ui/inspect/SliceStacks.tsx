/** The slices of the drawer as the Label page's grid: many are selected, and one key corrects them all. */
import type { SliceCard } from '../../app/state.ts';
import { classIndex, type LabelSet, NO_CLASS } from '../../core/labels/labelSet.ts';
import { plural, roughPercent } from '../format.ts';
import { ClassBar } from '../label/ClassBar.tsx';
import type { LabelCommand } from '../label/keys.ts';
import type { Tile } from '../label/Stack.tsx';
import { StackGrid } from '../label/StackGrid.tsx';
import { FIRST_TILE } from '../label/TileSize.tsx';
import type { Stacks } from '../label/useStacks.ts';
import { labelWords } from '../label/words.ts';
import { classOfSet } from '../parts/classes.ts';
import { codeWords } from '../parts/codes.ts';
import type { Slices } from '../parts/slices.ts';
import styles from './InspectorDialog.module.css';
import type { Corrections } from './useCorrections.ts';

const EXCLUDE = [{ command: { do: 'exclude', slice: false }, hint: 'X', name: 'Exclude' }] as const;

type Props = {
  title: string;
  slices: Slices;
  /** The set of the run whose predictions they are. */
  judged: LabelSet;
  corrections: Corrections;
  stacks: Pick<Stacks, 'queue' | 'selection' | 'select' | 'setColumns'>;
  run: (command: LabelCommand) => void;
};

export function SliceStacks({ title, slices, judged, corrections, stacks, run }: Props) {
  const { queue, selection } = stacks;
  const { made } = corrections;
  const pictures = {
    at: (slice: number) => {
      const card = slices.card(slice);
      return card ? card.pixels : undefined;
    },
    want: (wanted: readonly number[]) => {
      if (wanted.length > 0) slices.need(Math.min(...wanted), Math.max(...wanted));
    },
    // The drawer is drawn again when slices have come.
    subscribe: () => () => undefined,
  };
  return (
    <div className={styles.stacks}>
      {corrections.set && (
        <ClassBar
          set={corrections.set}
          off={queue.length === 0}
          readOnly={false}
          selected={selection.items.size}
          run={run}
          none="No label"
          more={EXCLUDE}
        >
          <span className={styles.note} aria-live="polite" data-testid="correct-made">
            {made > 0 ? `${plural(made, 'change')} here` : ''}
          </span>
        </ClassBar>
      )}
      <StackGrid
        stacks={{
          ...stacks,
          slice: selection.at,
          step: () => undefined,
          goTo: () => undefined,
          playing: false,
          pictures,
          run,
        }}
        tile={FIRST_TILE}
        name={title}
        none={slices.total === null ? '' : 'No slice matches.'}
        tileOf={(item) => tileOf(slices.card(item), corrections, judged)}
      />
    </div>
  );
}

function tileOf(card: SliceCard | null, { set, of }: Corrections, judged: LabelSet): Tile {
  const classes = set ?? judged;
  const none = { set: classes, label: NO_CLASS, source: '', says: '', tag: '', number: '', doubt: '' };
  if (!card) return { ...none, none: '', excluded: 0, spoken: 'Loading' };
  const { label: id, excluded } = of(card);
  const label = id === null ? NO_CLASS : classIndex(classes, id);
  const predicted = card.predicted === null ? null : classOfSet(judged, card.predicted).name;
  const share = card.confidence === null ? '' : roughPercent(card.confidence);
  const number = card.number === null ? '' : `#${card.number}`;
  return {
    ...none,
    label,
    says: predicted !== null && card.predicted !== id ? `${predicted}? ${share}` : '',
    tag: card.modality === null ? card.dataset : `${codeWords(card.modality)} · ${card.dataset}`,
    number,
    excluded: Number(excluded),
    spoken: [
      `Slice ${number} of series ${card.series}`,
      labelWords(classes, label),
      excluded ? 'excluded' : '',
      predicted === null ? '' : `predicted as ${predicted} with ${share}`,
      card.pixels ? '' : 'damaged',
    ]
      .filter(Boolean)
      .join(', '),
  };
}
