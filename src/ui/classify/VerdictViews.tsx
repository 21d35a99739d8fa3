/** Classified series in the grid, or one large picture at a time, with the keys and buttons of the Label page. */
import { type RefObject, useMemo, useState } from 'react';
import type { JudgedSeries } from '../../core/classify/judge.ts';
import { commonFolders } from '../../core/classify/sourcePath.ts';
import { useLab } from '../context.ts';
import { useView } from '../inspect/view.ts';
import { ClassBar } from '../label/ClassBar.tsx';
import styles from '../label/LabelPage.module.css';
import { OneView, useLargePicture } from '../label/OneView.tsx';
import type { Strip } from '../label/SliceStrip.tsx';
import { StackGrid } from '../label/StackGrid.tsx';
import { FIRST_TILE, TileSize } from '../label/TileSize.tsx';
import { useLabelKeys } from '../label/useLabelKeys.ts';
import { useVerdictOriginals } from './useVerdictPictures.ts';
import type { Verdicts } from './useVerdicts.ts';
import { VerdictFacts } from './VerdictFacts.tsx';
import { placeOf } from './verdictQueue.ts';
import { verdictTile } from './verdictTile.ts';

const RETRACT = [{ command: { do: 'retract' }, hint: '⌫', name: 'Take back' }] as const;

type Props = {
  verdicts: Verdicts;
  /** In the order of the queue. */
  shown: readonly JudgedSeries[];
  /** Including filtered ones. */
  all: readonly JudgedSeries[];
  search: RefObject<HTMLInputElement | null>;
  /** Stands where there is nothing to show. */
  none: string;
};

const nothing = () => undefined;

export function VerdictViews({ verdicts, shown, all, search, none }: Props) {
  const { queue, selection, slice, current, run, as } = verdicts;
  const rule = useLab((state) => state.verdictRule);
  const one = as === 'one';
  const [tile, setTile] = useState(FIRST_TILE);
  const large = useLargePicture(verdicts, useVerdictOriginals(queue), one);
  const common = useMemo(() => commonFolders(all.map(({ sourcePath }) => sourcePath)), [all]);
  const view = useView(large.picture, {
    step: verdicts.step,
    first: nothing,
    last: nothing,
    list: nothing,
    series: nothing,
  });
  const set = current?.labelSet;
  useLabelKeys({ classes: () => set?.classes ?? [], run, view, search }, true);
  const strip = useStrip(verdicts, shown);
  return (
    <>
      {set && (
        <ClassBar
          set={set}
          off={queue.length === 0}
          readOnly={false}
          selected={selection.items.size}
          run={run}
          none="None of them"
          more={RETRACT}
        />
      )}
      <div className={styles.columns} data-testid="verdict-views">
        {one ? (
          <OneView stacks={verdicts} large={large} view={view} none={none} strip={strip} />
        ) : (
          <StackGrid
            stacks={verdicts}
            tile={tile}
            name="Series"
            none={none}
            tileOf={(item) => verdictTile(shown[item], rule)}
          />
        )}
        <aside className={styles.side} aria-label="The current series">
          <p aria-live={one ? 'polite' : 'off'} data-testid="verdict-place">
            {queue.length > 0 && `${selection.at + 1} of ${queue.length}`}
          </p>
          {!one && <TileSize value={tile} onChange={setTile} />}
          {current && (
            <VerdictFacts
              series={current}
              at={placeOf(queue, slice).at}
              common={common}
              missing={one ? large.missing : null}
              onInspect={verdicts.inspect}
            />
          )}
        </aside>
      </div>
    </>
  );
}

/** Each slice in the colour of its own prediction. */
function useStrip({ queue }: Verdicts, shown: readonly JudgedSeries[]): Strip {
  return useMemo(
    () => ({
      colourOf: (slice) => {
        const { item, at } = placeOf(queue, slice);
        const predicted = queue.slices[item]?.[at]?.predicted;
        return shown[item]?.labelSet.classes.find(({ id }) => id === predicted)?.colour ?? null;
      },
      isFaint: () => false,
    }),
    [queue, shown],
  );
}
