/** How a network sees a slice: the feature maps after each stage, and its classifier's answer after the last one. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunRow } from '../../app/state.ts';
import type { StageMaps } from '../../core/explain/features.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import { useActions } from '../context.ts';
import { count, roughPercent } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Callout } from '../parts/Message.tsx';
import { useAsking } from './asking.ts';
import { Probabilities } from './Probabilities.tsx';
import { figure } from './picture.ts';
import styles from './Why.module.css';

type Props = { run: RunRow; slice: Uint8Array };

export function How({ run, slice }: Props) {
  const actions = useActions();
  const [again, setAgain] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again where the first try failed
  const question = useMemo(() => ({ run: run.id, slice }), [run.id, slice, again]);
  const { answer, pending } = useAsking(
    question,
    ({ run, slice }, signal) => actions.lookInside(run, slice, { signal }),
    { cancels: true },
  );
  const inside = answer?.value;
  return (
    <section className={styles.how} aria-label="How it sees" data-testid="how">
      <h3>How it sees</h3>
      {answer?.failure && !pending && (
        <Callout tone="warn" title={answer.failure.reason} testId="how-failed">
          {answer.failure.outcome} {answer.failure.next}
          <div className={styles.again}>
            <Button size="small" onClick={() => setAgain(again + 1)}>
              Ask again
            </Button>
          </div>
        </Callout>
      )}
      {!inside && pending && <p className={styles.note}>Reading the model …</p>}
      {inside && (
        <>
          <p className={styles.note}>
            From edges to parts: the maps of each stage that answer most to this slice, bright where they do.
          </p>
          {inside.stages.map((stage) => (
            <Stage key={stage.label} stage={stage} />
          ))}
          <h3>The answer at its end</h3>
          <p className={styles.note}>
            What the network’s classifier makes of each block of the last stage; the last line is its answer.
            Earlier stages have other channels than it was made to read, so nothing truthful can be said of
            the answer there.
          </p>
          {inside.readings.map(({ module, probabilities }, i) => (
            <div key={module} className={styles.reading} data-testid="reading">
              <span className={styles.note}>
                {i === inside.readings.length - 1 ? 'The answer' : `After block ${i + 1}`}
              </span>
              <Probabilities
                labelSet={labelSetOf(run)}
                now={probabilities}
                label={`Classifier after ${module}`}
              />
            </div>
          ))}
        </>
      )}
    </section>
  );
}

/** Maps beside one another. */
const ACROSS = 8;
/** Minimum width of a map, so that the gaps between small ones stay small. */
const LEAST_SIDE = 28;

function Stage({ stage }: { stage: StageMaps }) {
  const { label, channels, rows, columns, shown, mean, active } = stage;
  const canvas = useRef<HTMLCanvasElement>(null);
  const by = Math.max(1, Math.ceil(LEAST_SIDE / columns));
  const [cellWidth, cellHeight] = [columns * by + by, rows * by + by];
  const down = Math.ceil(shown.length / ACROSS);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    for (let i = 0; i < stage.shown.length; i++) {
      const x = (i % ACROSS) * cellWidth;
      const y = Math.floor(i / ACROSS) * cellHeight;
      context.putImageData(mapImage(stage, i, by), x, y);
    }
  }, [stage, by, cellWidth, cellHeight]);

  return (
    <div className={styles.stage} data-testid="stage-maps">
      <header>
        <b>{label}</b>
        <span className={styles.note}>
          {count(channels)} maps of {rows} × {columns}
        </span>
      </header>
      <canvas
        ref={canvas}
        className={styles.maps}
        width={ACROSS * cellWidth - by}
        height={down * cellHeight - by}
        role="img"
        aria-label={`${shown.length} of ${channels} feature maps of ${label}`}
      />
      <p className={styles.note}>
        {roughPercent(active)} of all values above zero, {figure(Number(mean.toPrecision(2)))} on the mean
      </p>
    </div>
  );
}

function mapImage({ maps, rows, columns }: StageMaps, index: number, by: number): ImageData {
  const image = new ImageData(columns * by, rows * by);
  const rgba = new Uint32Array(image.data.buffer);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const cell = Math.floor(y / by) * columns + Math.floor(x / by);
      rgba[y * image.width + x] = 0xff000000 | (maps[index * rows * columns + cell] * 0x010101);
    }
  }
  return image;
}
