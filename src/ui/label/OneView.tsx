/** One item of the queue, large: its picture with a window, its stack, and what is known of it. */
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { aheadOf } from '../../app/label/queue.ts';
import { createReadAhead } from '../../app/label/readAhead.ts';
import type { Inspection, InspectTarget, Missing } from '../../app/state.ts';
import { useActions, useLab } from '../context.ts';
import { count } from '../format.ts';
import { Controls } from '../inspect/Controls.tsx';
import { chosenWindow, figure, type Picture, pictureOf, storedPicture } from '../inspect/picture.ts';
import { Viewer } from '../inspect/Viewer.tsx';
import type { useView } from '../inspect/view.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { KeyHint } from '../parts/KeyHint.tsx';
import { QUEUE, takeFocus } from './focusQueue.ts';
import styles from './OneView.module.css';
import { SliceStrip, type Strip } from './SliceStrip.tsx';
import type { Stacks } from './useStacks.ts';

/** Originals are large: only those of the next few presses are held. */
const ORIGINALS = { together: 1, kept: 10 };
const ORIGINALS_AHEAD = 4;

/** What is shown large in the place of the slices of a queue. */
export type LargeSource<Ref> = {
  /** A slice of the list, in whatever names it for good. */
  refOf: (slice: number) => Ref;
  keyOf: (ref: Ref) => string;
  targetOf: (ref: Ref) => InspectTarget;
  /** What the small picture is called that stands in for an original. */
  instead: string;
};

export type LargePicture = {
  picture: Picture | null;
  /** Names the shown slice. */
  shown: string;
  instead: string;
  damaged: boolean;
  /** Why there is no original; null: there is one, or it is not read yet. */
  missing: Missing | null;
};

/** The original of the shown slice where its file is at hand; until it is read, and without it, the small picture. */
export function useLargePicture<Ref>(
  { queue, selection, slice, pictures }: Pick<Stacks, 'queue' | 'selection' | 'slice' | 'pictures'>,
  { refOf, keyOf, targetOf, instead }: LargeSource<Ref>,
  wanted: boolean,
): LargePicture {
  const actions = useActions();
  const drops = useLab((state) => (state.job === null ? state.drops.length : -1));
  // A drop may bring originals.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another drop asks for all of them again
  const originals = useMemo(
    () =>
      createReadAhead<Inspection, Ref>(
        (refs) => Promise.all(refs.map((ref) => actions.inspect(targetOf(ref)))),
        { ...ORIGINALS, keyOf },
      ),
    [actions, targetOf, keyOf, drops],
  );
  useEffect(() => {
    if (!wanted || queue.length === 0) return;
    const ahead = aheadOf(queue, selection.at, slice).slice(0, ORIGINALS_AHEAD);
    originals.want(ahead.map(refOf));
  }, [originals, refOf, queue, selection.at, slice, wanted]);

  const any = queue.length > 0;
  const readOriginal = useCallback(
    () => (any ? originals.at(refOf(slice)) : undefined),
    [any, originals, refOf, slice],
  );
  const readSmall = useCallback(() => (any ? pictures.at(slice) : undefined), [any, pictures, slice]);
  const inspection = useSyncExternalStore(originals.subscribe, readOriginal);
  const small = useSyncExternalStore(pictures.subscribe, readSmall);
  const picture = useMemo(() => {
    if (inspection) return pictureOf(inspection) ?? (small ? storedPicture(small) : null);
    return small ? storedPicture(small) : null;
  }, [inspection, small]);
  return {
    picture,
    shown: any ? keyOf(refOf(slice)) : '',
    instead,
    damaged: small === null && inspection !== undefined,
    missing: inspection?.missing ?? null,
  };
}

type Props = {
  stacks: Stacks;
  large: LargePicture;
  view: ReturnType<typeof useView>;
  /** Stands where there is nothing to show. */
  none: string;
  strip: Strip;
};

export function OneView({ stacks, large, view, none, strip }: Props) {
  const { queue, selection, slice, step, goTo, run, playing } = stacks;
  const { picture, shown, instead } = large;
  const [from, to] = [queue.from[selection.at] ?? 0, queue.to[selection.at] ?? 0];
  const window = picture && chosenWindow(view.choice, picture);
  const inverted = picture ? picture.inverted !== view.inverted : false;
  const stop = useCallback(() => undefined, []);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => takeFocus(frame.current), []);
  return (
    <div className={styles.one} data-testid="one-view">
      {/* Screen readers pass their own keys on to an application alone. */}
      <div
        ref={frame}
        className={styles.frame}
        role="application"
        aria-label="Picture to label"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of the page are heard here
        tabIndex={0}
        {...QUEUE}
      >
        <div
          className={styles.stage}
          role="img"
          aria-label={`Slice ${slice - from + 1} of ${to - from}, ${picture?.from === 'slice' ? instead : 'original'}`}
          data-shown={picture ? shown : ''}
          data-testid="label-stage"
        >
          {picture && window ? (
            <Viewer
              {...view.handlers}
              onProbe={stop}
              picture={picture}
              window={window}
              inverted={inverted}
              placement={view.placement}
              probe={null}
              overlay={null}
              onStep={step}
            />
          ) : (
            <p className={styles.nothing}>
              {queue.length === 0
                ? none
                : large.damaged
                  ? 'What is stored of this slice is damaged. Drop its dataset’s files again: that heals it.'
                  : ''}
            </p>
          )}
          {picture && window && (
            <div className={styles.overlays} aria-hidden="true">
              <span>
                {count(slice - from + 1)} / {count(to - from)}
              </span>
              <span>
                {picture.columns} × {picture.rows}
                {picture.from === 'slice' && ` · ${instead}`}
              </span>
              <span>
                C {figure(Number(window.centre.toPrecision(4)))} W{' '}
                {figure(Number(window.width.toPrecision(4)))}
                {inverted && ' · inverted'}
              </span>
            </div>
          )}
        </div>
      </div>
      <SliceStrip strip={strip} slice={slice} from={from} to={to} goTo={goTo} />
      <div className={styles.below}>
        <span className={styles.steps}>
          <Step
            hint="←"
            label="Previous"
            disabled={selection.at === 0}
            onPress={() => run({ do: 'move', by: -1, extend: false })}
          />
          <Button
            size="small"
            disabled={to - from < 2}
            aria-pressed={playing}
            aria-keyshortcuts="Space"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run({ do: 'play' })}
            data-testid="label-play"
          >
            <Icon name={playing ? 'pause' : 'play'} size={12} /> {playing ? 'Stop' : 'Play'}{' '}
            <KeyHint>Space</KeyHint>
          </Button>
          <Step
            hint="→"
            label="Next"
            disabled={selection.at + 1 >= queue.length}
            onPress={() => run({ do: 'move', by: 1, extend: false })}
          />
        </span>
        {picture && window && (
          <Controls
            picture={picture}
            choice={view.choice}
            window={window}
            inverted={view.inverted}
            onWindow={view.handlers.onWindow}
            onCommand={view.run}
          />
        )}
      </div>
    </div>
  );
}

type StepProps = { hint: string; label: string; disabled: boolean; onPress: () => void };

function Step({ hint, label, disabled, onPress }: StepProps) {
  return (
    <Button
      size="small"
      disabled={disabled}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
      data-testid={`label-${label.toLowerCase()}`}
    >
      {label} <KeyHint>{hint}</KeyHint>
    </Button>
  );
}
