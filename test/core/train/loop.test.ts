/** The training loop, step by step, on a made-up trainer and a clock of the test’s own. */
import { describe, expect, test } from 'vitest';
import { createBatches } from '../../../src/core/train/batches.ts';
import { type Control, createControl } from '../../../src/core/train/control.ts';
import type { CurvePoint } from '../../../src/core/train/curve.ts';
import { type LoopParts, type LoopState, runLoop, startLoop } from '../../../src/core/train/loop.ts';
import { notFinite } from '../../../src/core/train/notFinite.ts';
import type { EpochRecord, RunConfig } from '../../../src/core/train/run.ts';
import type { Trainer, TrainerState } from '../../../src/core/train/trainer.types.ts';
import { batchOptions, fakeConfig, fakeHost, fakePixels, fakeTable, fakeTrainer } from './fake.ts';

const table = fakeTable([
  { dataset: 'a', label: 0, n: 30 },
  { dataset: 'b', label: 1, n: 11 },
]);
const PLATEAU = { kind: 'plateau', factor: 0.5, patience: 0, threshold: 0, checksPerEpoch: 3 } as const;

type Saved = { state: LoopState; trainer: TrainerState };

/** A loop over the made-up data whose clock moves `stepMs` with every step. */
function setUp(
  options: {
    config?: Partial<RunConfig>;
    trainer?: Trainer;
    stepMs?: number;
    validateMs?: number;
    saveMs?: number;
    watchMs?: number;
  } = {},
) {
  const config = fakeConfig({ schedule: PLATEAU, epochs: 3, ...options.config });
  const trainer = options.trainer ?? fakeTrainer();
  const control = createControl();
  const controller = new AbortController();
  const batches = createBatches(table, batchOptions(config), fakePixels, fakeHost);
  const seen = {
    points: [] as CurvePoint[],
    epochs: [] as EpochRecord[],
    phases: [] as string[],
    saved: [] as Saved[],
    steps: [] as number[],
    watched: [] as number[],
  };
  const clock = { ms: 0 };
  const step: Trainer['step'] = async (...of) => {
    const [, , , index] = of;
    const result = await trainer.step(...of);
    clock.ms += options.stepMs ?? 50;
    seen.steps.push(index);
    return result;
  };
  const parts: LoopParts = {
    config,
    trainer: { ...trainer, step },
    batches,
    control,
    events: {
      point: (point) => seen.points.push(point),
      epoch: (history) => seen.epochs.push(history.at(-1)!),
      phase: (phase) => seen.phases.push(phase),
    },
    validate: async () => {
      clock.ms += options.validateMs ?? 0;
      return { loss: 1, accuracy: 0.5, balancedAccuracy: 0.25 };
    },
    validateImages: 100,
    evaluationImages: 200,
    overlapsCompute: true,
    watch: async () => {
      seen.watched.push(seen.steps.length);
      clock.ms += options.watchMs ?? 0;
    },
    checkpoint: async (state) => {
      clock.ms += options.saveMs ?? 0;
      seen.saved.push({ state: structuredClone(state), trainer: structuredClone(await trainer.save()) });
    },
    nowMs: () => clock.ms,
    yieldToEventLoop: async () => {},
    signal: controller.signal,
  };
  return { parts, seen, control, controller, trainer, batches, clock, steps: batches.stepsPerEpoch };
}

/** What must not depend on interruptions. */
async function outcome(trainer: Trainer, history: EpochRecord[]) {
  const timeless = history.map(({ seconds: _, imagesPerSecond: __, ...rest }) => rest);
  return { state: await trainer.save(), history: timeless };
}

describe('the training loop', () => {
  test('looks at the watched slices after each point of the curve; the time it takes is no training', async () => {
    const plain = setUp();
    await runLoop(plain.parts, startLoop());
    const { parts, seen } = setUp({ watchMs: 60_000 });
    await runLoop(parts, startLoop());
    expect(seen.watched).toEqual(seen.points.map(({ step }) => step));
    expect(seen.watched.length).toBeGreaterThan(2);
    expect(seen.epochs.map(({ seconds }) => seconds)).toEqual(
      plain.seen.epochs.map(({ seconds }) => seconds),
    );
  });

  test('takes every step once, in order, and validates after each epoch', async () => {
    const { parts, seen, steps } = setUp();
    const { outcome: ended, imagesPerSecond } = await runLoop(parts, startLoop());
    expect(ended).toBe('finished');
    expect(seen.steps).toEqual(Array.from({ length: 3 * steps }, (_, i) => i));
    expect(seen.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(seen.epochs[0]).toMatchObject({
      validateLoss: 1,
      validateAccuracy: 0.5,
      validateBalancedAccuracy: 0.25,
    });
    expect(seen.epochs[0].seconds).toBeCloseTo(steps * 0.05, 9);
    expect(imagesPerSecond).toBeCloseTo(4 / 0.05, 6);
  });

  test('steps at the schedule’s rate and tells the mean loss and accuracy of an epoch', async () => {
    const rates: number[] = [];
    const trainer = fakeTrainer();
    trainer.step = async (_pixels, _labels, rate, index) => {
      rates.push(rate);
      return { loss: 1 + (index % 2), correct: 3 };
    };
    const { parts, seen, steps } = setUp({ trainer, config: { learningRate: 0.4 } });
    await runLoop(parts, startLoop());
    // The mean loss never falls, so that every check but the first halves the rate.
    expect(rates[0]).toBe(0.4);
    expect(rates.at(-1)!).toBeLessThan(0.4 / 16);
    const losses = Array.from({ length: steps }, (_, i) => 1 + (i % 2)).reduce((a, b) => a + b);
    expect(seen.epochs[0]).toMatchObject({ trainLoss: losses / steps, trainAccuracy: 0.75 });
    expect(seen.epochs[2].learningRate).toBeLessThan(seen.epochs[0].learningRate);
  });

  test('says null, not zero, where nothing is validated', async () => {
    const { parts, seen } = setUp();
    await runLoop({ ...parts, validate: null, validateImages: 0 }, startLoop());
    expect(seen.epochs[0]).toMatchObject({ validateLoss: null, validateAccuracy: null });
    expect(seen.phases).not.toContain('validating');
  });

  test('has a point after the first step, and at most ten a second', async () => {
    const { parts, seen } = setUp({ stepMs: 30 });
    await runLoop(parts, startLoop());
    expect(seen.points[0].step).toBe(1);
    // 11 steps of 30 ms an epoch: the first, the last, and no more than every 100 ms between.
    expect(seen.points.filter(({ epoch }) => epoch <= 1).map(({ step }) => step)).toEqual([1, 5, 9, 11]);
  });

  test('has a point at every step that is slow', async () => {
    const { parts, seen, steps } = setUp({ stepMs: 500 });
    await runLoop(parts, startLoop());
    expect(seen.points.length).toBe(3 * steps);
    expect(seen.points[4].imagesPerSecond).toBeCloseTo(8, 6);
  });

  test('tells the time left over steps, validations and the evaluation', async () => {
    const { parts, seen, steps } = setUp({ stepMs: 100, validateMs: 1000 });
    await runLoop(parts, startLoop());
    // One epoch is left, then its validation of 100 images at 10 ms and the evaluation of 200.
    const last = seen.points.find(({ step }) => step === 2 * steps + 1)!;
    expect(last.secondsLeft).toBeCloseTo((steps - 1) * 0.1 + 1 + 2, 6);
  });

  test('checkpoints after each epoch, and before 30 s of a longer one are unsaved', async () => {
    const { parts, seen, steps } = setUp({ stepMs: 9000, saveMs: 2000 });
    await runLoop(parts, startLoop());
    const first = seen.saved.filter(({ state }) => state.epoch === 0).map(({ state }) => state.step);
    // The first soon, then as often as its 2 s allow: after 27 s, for 36 would be too late; then before validating.
    expect(first).toEqual([1, 4, 7, 10, 11]);
    expect(seen.saved.filter(({ state }) => state.step === steps && state.epoch === 1)).toHaveLength(1);
    expect(seen.saved.at(-1)!.state).toMatchObject({ step: 3 * steps, epoch: 3 });
  });

  test('tells an epoch once it is stored, and none that could not be', async () => {
    const { parts, seen } = setUp();
    const stored: number[] = [];
    parts.events.epoch = ({ length }) => stored.push(seen.saved.at(-1)?.state.epoch === length ? length : 0);
    await runLoop(parts, startLoop());
    expect(stored).toEqual([1, 2, 3]);

    const full = setUp();
    full.parts.checkpoint = () => Promise.reject(new Error('full'));
    await expect(runLoop(full.parts, startLoop())).rejects.toThrow('full');
    expect(full.seen.epochs).toEqual([]);
  });

  test('spends no more than a fiftieth of the time on checkpoints within an epoch', async () => {
    const { parts, seen, steps } = setUp({ stepMs: 1000, saveMs: 300, config: { leastImages: 600 } });
    await runLoop(parts, startLoop());
    const first = seen.saved.filter(({ state }) => state.epoch === 0).map(({ state }) => state.step);
    expect(first.slice(0, 4)).toEqual([9, 23, 37, 51]);
    expect((0.3 * (first.length - 1)) / steps).toBeLessThanOrEqual(0.022);
  });

  test('saves a trained epoch before a validation that takes long', async () => {
    const { parts, seen, steps } = setUp({ stepMs: 100, validateMs: 60_000 });
    await runLoop(parts, startLoop());
    const before = seen.saved.filter(({ state }) => state.step === 2 * steps && state.epoch === 1);
    expect(before).toHaveLength(1);
  });

  test('tells the rate and the time left again soon after the machine slept', async () => {
    const { parts, seen, clock, steps } = setUp({ stepMs: 200 });
    const { step } = parts.trainer;
    parts.trainer.step = (pixels, labels, rate, index) => {
      if (index === 14) clock.ms += 600_000;
      return step(pixels, labels, rate, index);
    };
    const { imagesPerSecond } = await runLoop(parts, startLoop());
    for (const point of seen.points.filter(({ step: at }) => at >= 15)) {
      expect(point.imagesPerSecond).toBeCloseTo(20, 6);
      expect(point.secondsLeft).toBeLessThan(3 * steps * 0.2 + 20);
    }
    expect(imagesPerSecond).toBeCloseTo(20, 6);
    expect(seen.epochs[1].seconds).toBeCloseTo(steps * 0.2, 6);
  });

  test('follows a machine that becomes slower for good', async () => {
    const { parts, seen, clock } = setUp({ stepMs: 100, config: { leastImages: 200 } });
    const { step } = parts.trainer;
    parts.trainer.step = (pixels, labels, rate, index) => {
      if (index >= 50) clock.ms += 400;
      return step(pixels, labels, rate, index);
    };
    await runLoop(parts, startLoop());
    const point = seen.points.find(({ step: at }) => at >= 60)!;
    expect(point.imagesPerSecond).toBeCloseTo(8, 6);
    expect(point.secondsLeft).toBeGreaterThanOrEqual((150 - point.step) * 0.5);
  });
});

describe('an interrupted training', () => {
  test('goes on bit-equal from any checkpoint, also amid an epoch', async () => {
    const whole = setUp({ stepMs: 9000 });
    await runLoop(whole.parts, startLoop());
    const expected = await outcome(whole.trainer, whole.seen.epochs);
    expect(whole.seen.saved.length).toBeGreaterThan(6);
    for (const { state, trainer } of whole.seen.saved) {
      const rest = setUp();
      rest.trainer.load(trainer);
      const resumed = structuredClone(state);
      await runLoop(rest.parts, resumed);
      expect(await outcome(rest.trainer, resumed.history)).toEqual(expected);
    }
  });

  test('differs from a cold start, which shows that the comparison can fail', async () => {
    const whole = setUp({ stepMs: 9000 });
    await runLoop(whole.parts, startLoop());
    const cold = setUp();
    const resumed = structuredClone(whole.seen.saved[1].state);
    await runLoop(cold.parts, resumed);
    expect(await outcome(cold.trainer, resumed.history)).not.toEqual(
      await outcome(whole.trainer, whole.seen.epochs),
    );
  });
});

describe('control', () => {
  /** Calls back once, when the given step is done. */
  function whenDone(parts: LoopParts, step: number, act: () => void): LoopParts {
    const { trainer } = parts;
    return {
      ...parts,
      trainer: {
        ...trainer,
        step: async (pixels, labels, rate, index) => {
          const result = await trainer.step(pixels, labels, rate, index);
          if (index + 1 === step) act();
          return result;
        },
      },
    };
  }

  test('stops at the next step and keeps what was learned', async () => {
    const { parts, seen, control, trainer } = setUp();
    const { outcome: ended } = await runLoop(whenDone(parts, 5, control.stop), startLoop());
    expect(ended).toBe('stopped');
    expect(seen.steps).toHaveLength(5);
    expect(seen.saved.at(-1)).toEqual({
      state: expect.objectContaining({ step: 5 }),
      trainer: await trainer.save(),
    });
  });

  test.each([
    ['a stop', 'stopped'],
    ['an abort', 'rejects'],
  ])('ends a step between the parts of its batch at %s, and takes nothing of it', async (how, ended) => {
    const { parts, seen, control, controller, trainer } = setUp();
    const step: LoopParts['trainer']['step'] = async (pixels, labels, rate, index, between) => {
      if (index === 4) {
        if (how === 'a stop') control.stop();
        else controller.abort();
        await between?.();
      }
      return parts.trainer.step(pixels, labels, rate, index);
    };
    const running = runLoop({ ...parts, trainer: { ...parts.trainer, step } }, startLoop());
    if (ended === 'rejects') await expect(running).rejects.toThrow('aborted');
    else expect((await running).outcome).toBe(ended);
    expect(seen.steps).toHaveLength(4);
    if (ended === 'stopped')
      expect(seen.saved.at(-1)).toEqual({
        state: expect.objectContaining({ step: 4 }),
        trainer: await trainer.save(),
      });
  });

  test('a step that fails while it is to stop fails all the same', async () => {
    const { parts, control } = setUp();
    const step: LoopParts['trainer']['step'] = async () => {
      control.stop();
      throw new Error('lost');
    };
    await expect(runLoop({ ...parts, trainer: { ...parts.trainer, step } }, startLoop())).rejects.toThrow(
      'lost',
    );
  });

  test('stops amid a validation, which a resume then makes up for', async () => {
    const whole = setUp();
    await runLoop(whole.parts, startLoop());
    const { parts, seen, control, trainer, steps } = setUp();
    let validations = 0;
    const validate: LoopParts['validate'] = async (stop) => {
      if (++validations === 2) control.stop();
      stop.throwIfAborted();
      return { loss: 1, accuracy: 0.5, balancedAccuracy: 0.25 };
    };
    expect((await runLoop({ ...parts, validate }, startLoop())).outcome).toBe('stopped');
    const last = seen.saved.at(-1)!;
    expect(last.state).toMatchObject({ step: 2 * steps, epoch: 1 });
    const rest = setUp({ trainer });
    const resumed = structuredClone(last.state);
    await runLoop(rest.parts, resumed);
    expect(await outcome(trainer, resumed.history)).toEqual(await outcome(whole.trainer, whole.seen.epochs));
  });

  test('pauses, saves, and goes on as if nothing had been', async () => {
    const plain = setUp();
    await runLoop(plain.parts, startLoop());
    const { parts, seen, control, trainer, clock } = setUp();
    const running = runLoop(whenDone(parts, 6, control.pause), startLoop());
    await paused(seen.phases);
    clock.ms += 3_600_000;
    expect(seen.steps).toHaveLength(6);
    expect(seen.saved.at(-1)!.state.step).toBe(6);
    control.proceed();
    await running;
    expect(await outcome(trainer, seen.epochs)).toEqual(await outcome(plain.trainer, plain.seen.epochs));
    // The hour belongs to no step.
    expect(seen.epochs[0].seconds).toBeCloseTo(plain.seen.epochs[0].seconds, 9);
  });

  test.each<[string, (control: Control, controller: AbortController) => void]>([
    ['stop', (control) => control.stop()],
    ['abort', (_, controller) => controller.abort()],
  ])('%s ends a pause', async (how, act) => {
    const { parts, seen, control, controller } = setUp();
    const running = runLoop(whenDone(parts, 2, control.pause), startLoop());
    await paused(seen.phases);
    act(control, controller);
    if (how === 'stop') expect((await running).outcome).toBe('stopped');
    else await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(seen.steps).toHaveLength(2);
  });

  async function paused(phases: string[]): Promise<void> {
    while (!phases.includes('paused')) await new Promise((resolve) => setTimeout(resolve));
  }
});

test('a loss that is no number ends the training at its step, with the last good state kept', async () => {
  const trainer = fakeTrainer();
  const { parts, seen, steps } = setUp({
    trainer: {
      ...trainer,
      step: async (pixels, labels, rate, index) => {
        if (index === 14) throw notFinite(index + 1);
        return trainer.step(pixels, labels, rate, index);
      },
    },
  });
  await expect(runLoop(parts, startLoop())).rejects.toMatchObject({ code: 'loss-not-finite' });
  expect(seen.steps).toHaveLength(14);
  expect(seen.saved.at(-1)!.state.step).toBe(steps);
});
