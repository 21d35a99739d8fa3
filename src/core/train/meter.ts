/** Times a training: curve points, images a second, share of waiting for data, time left. */
import type { CurvePoint } from './curve.ts';
import type { RunLength } from './schedule.ts';

/** No two points closer than this; none further apart than that, unless a step takes longer. */
const LEAST_GAP_MS = 100;
const LARGEST_GAP_MS = 2000;
/** Points an epoch, where the two gaps allow it. */
const POINTS_PER_EPOCH = 40;
/** Predicting an image costs about a third of training on it: forward without backward. */
const PREDICT_SHARE = 1 / 3;
/** The time of a step is the median of so many last ones. */
const LAST = 15;
/** A step this many times longer than those before, and by so much, is a machine that slept: its time counts nowhere. */
const ASLEEP = 10;
const ASLEEP_MS = 5000;

export type MeterOptions = {
  nowMs(): number;
  batch: number;
  length: RunLength;
  /** Whether the device computes beside this thread, so that batches are made in the meantime. */
  overlapsCompute: boolean;
  /** Images predicted at the end of each epoch, and after the last one. */
  validateImages: number;
  evaluationImages: number;
};

export type Meter = {
  /** The next step waits for its batch. */
  waiting(): void;
  /** The batch is there; making it took `madeMs`. */
  ready(madeMs: number): void;
  /** The step is done. Gives its seconds, without those that the machine slept. */
  stepped(loss: number, correct: number): number;
  /** A point of the curve if one is due: after the first step, then by the clock, and as an epoch ends. */
  point(step: number, learningRate: number, epochEnds: boolean): CurvePoint | null;
  /** Runs what is no training (checkpoint, pause, validation); its time belongs to no step. Gives its ms. */
  outside(work: () => Promise<unknown>): Promise<number>;
  /** What predicting one image took, once known. */
  predicted(msPerImage: number): void;
  /** What a step takes, and predicting an image, as far as is known; 0 before anything is. */
  stepMs(): number;
  predictMs(): number;
  /** Mean since the first step, which compiles and warms up; null until there was a second. */
  imagesPerSecond(): number | null;
};

export function createMeter(options: MeterOptions): Meter {
  const { nowMs, batch, length } = options;
  const pointSteps = Math.max(1, Math.floor(length.stepsPerEpoch / POINTS_PER_EPOCH));
  /** Up to when time is accounted for. */
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

  /** The first step compiles: it stands for the others only until there are some. */
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
