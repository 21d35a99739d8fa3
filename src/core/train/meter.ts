/** Times a training: curve points, images per second, share of waiting for data, remaining time. */
import type { CurvePoint } from './curve.ts';
import type { RunLength } from './schedule.ts';

/** Minimum and maximum distance of points; longer steps exceed the maximum. */
const LEAST_GAP_MS = 100;
const LARGEST_GAP_MS = 2000;
/** Points per epoch within these bounds. */
const POINTS_PER_EPOCH = 40;
/** Predicting an image costs about a third of training on it: forward without backward. */
const PREDICT_SHARE = 1 / 3;
/** The time of a step is the median of this many last steps. */
const LAST = 15;
/** A step longer by this factor and this time means that the machine slept: its time is not counted. */
const ASLEEP = 10;
const ASLEEP_MS = 5000;

export type MeterOptions = {
  nowMs(): number;
  batch: number;
  length: RunLength;
  /** Whether the device computes beside this thread, so that batches are made meanwhile. */
  overlapsCompute: boolean;
  /** Images predicted at the end of each epoch, and after the last one. */
  validateImages: number;
  evaluationImages: number;
};

export type Meter = {
  /** Call when the next step starts to wait for its batch. */
  waiting(): void;
  /** Call when the batch is ready; making it took `madeMs`. */
  ready(madeMs: number): void;
  /** Call when the step is done. Returns its seconds, without sleep of the machine. */
  stepped(loss: number, correct: number): number;
  /** Returns a point of the curve if one is due: after the first step, then by the clock, and as an epoch ends. */
  point(step: number, learningRate: number, epochEnds: boolean): CurvePoint | null;
  /** Runs work outside training (checkpoint, pause, validation); its time belongs to no step. Returns its ms. */
  outside(work: () => Promise<unknown>): Promise<number>;
  /** Records the time to predict one image. */
  predicted(msPerImage: number): void;
  /** Times of a step and of predicting an image, if known; 0 before. */
  stepMs(): number;
  predictMs(): number;
  /** Mean since the first step, which compiles and warms up; null until the second step. */
  imagesPerSecond(): number | null;
};

export function createMeter(options: MeterOptions): Meter {
  const { nowMs, batch, length } = options;
  const pointSteps = Math.max(1, Math.floor(length.stepsPerEpoch / POINTS_PER_EPOCH));
  /** End of the accounted time. */
  let markMs = nowMs();
  let waitMs = 0;
  let window = emptyWindow();
  let pointMs = Number.NEGATIVE_INFINITY;
  const lastMs: number[] = [];
  let predictMs: number | null = null;
  let steps = 0;
  let steadyMs = 0;

  function secondsLeft(step: number): number {
    const epochs = length.steps / length.stepsPerEpoch;
    const validations = epochs - Math.floor((step - 1) / length.stepsPerEpoch);
    const images = validations * options.validateImages + options.evaluationImages;
    return ((length.steps - step) * stepMs() + images * perImage()) / 1000;
  }

  function stepMs(): number {
    return lastMs.toSorted((a, b) => a - b)[lastMs.length >> 1] ?? 0;
  }

  function perImage(): number {
    return predictMs ?? (stepMs() / batch) * PREDICT_SHARE;
  }

  /** The first step compiles: it is used only until there are others. */
  function remember(tookMs: number): void {
    if (steps === 1) lastMs.length = 0;
    lastMs.push(tookMs);
    if (lastMs.length > LAST) lastMs.shift();
  }

  return {
    waiting: () => {
      waitMs = nowMs();
    },
    ready: (madeMs) => {
      window.waitMs += nowMs() - waitMs + (options.overlapsCompute ? 0 : madeMs);
    },
    stepped(loss, correct) {
      const endMs = nowMs();
      const usualMs = stepMs();
      const wholeMs = endMs - markMs;
      const slept = steps > 1 && wholeMs > ASLEEP * usualMs && wholeMs > usualMs + ASLEEP_MS;
      const tookMs = slept ? usualMs : wholeMs;
      if (!slept) remember(tookMs);
      window.steps++;
      window.lossSum += loss;
      window.correct += correct;
      window.ms += tookMs;
      if (steps++ > 0) steadyMs += tookMs;
      markMs = endMs;
      return tookMs / 1000;
    },
    point(step, learningRate, epochEnds) {
      const gapMs = nowMs() - pointMs;
      const due = (gapMs >= LEAST_GAP_MS && window.steps >= pointSteps) || gapMs >= LARGEST_GAP_MS;
      if (!due && !epochEnds) return null;
      const images = window.steps * batch;
      const point: CurvePoint = {
        step,
        epoch: step / length.stepsPerEpoch,
        loss: window.lossSum / window.steps,
        accuracy: window.correct / images,
        learningRate,
        imagesPerSecond: window.ms > 0 ? (1000 * images) / window.ms : 0,
        dataWait: window.ms > 0 ? Math.min(1, window.waitMs / window.ms) : 0,
        secondsLeft: secondsLeft(step),
      };
      window = emptyWindow();
      pointMs = nowMs();
      return point;
    },
    async outside(work) {
      const beginMs = nowMs();
      await work();
      const tookMs = nowMs() - beginMs;
      markMs += tookMs;
      return tookMs;
    },
    predicted: (msPerImage) => {
      predictMs = msPerImage;
    },
    stepMs,
    predictMs: perImage,
    imagesPerSecond: () => (steps > 1 && steadyMs > 0 ? (1000 * (steps - 1) * batch) / steadyMs : null),
  };
}

function emptyWindow() {
  return { steps: 0, lossSum: 0, correct: 0, ms: 0, waitMs: 0 };
}
