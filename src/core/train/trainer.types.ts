/** The interface of an engine for the training loop: one step, one prediction, state in and out. */
import type { ModelState } from '../nn/state.ts';
import type { Start } from './run.ts';

/** Everything a bit-equal resume needs from the engine. */
export type TrainerState = { model: ModelState; momentum: ModelState };

export type TrainerOptions = {
  /** Key of the network registry (`resnet18`, …). */
  network: string;
  /** Outputs of the network. */
  classes: number;
  /** Side of the network's input in pixels. */
  inputSize: number;
  seed: number;
  momentum: number;
  weightDecay: number;
  /** Whether weight decay applies to norm parameters and biases (PyTorch's SGD default: true). */
  decayNormAndBias: boolean;
  labelSmoothing: number;
  /** With `layers: 'head'` only the last layer changes, and norms keep their statistics. */
  start?: Start;
  /** Largest batch computed at once; larger ones are split and their gradients averaged. Default: the device's. */
  microBatch?: number;
};

export type StepResult = {
  /** Mean cross-entropy of the batch in training mode. */
  loss: number;
  /** How many of the batch had their largest logit at the label. */
  correct: number;
};

export type Trainer = {
  /** Trainable parameters. */
  readonly parameters: number;
  /** Images computed at once; a larger batch is computed in parts, each normalised by its own statistics. */
  readonly microBatch: number;
  /**
   * One optimiser step.
   * @param pixels uint8, n·size·size, row major; divided by 255 on the device
   * @param labels class indices, n
   * @param stepIndex counts steps from 0 over the whole run; feeds counter-based randomness (dropout)
   * @throws LabError `loss-not-finite`; the model then has its state before the step
   * @param between called between the parts of a batch; if it rejects, so does the step, and the model stays unchanged
   */
  step(
    pixels: Uint8Array,
    labels: Uint8Array,
    learningRate: number,
    stepIndex: number,
    between?: () => Promise<void>,
  ): Promise<StepResult>;
  /** The softmax of the outputs, n×`classes` (see answers.ts), in evaluation mode (running statistics, no dropout). */
  predict(pixels: Uint8Array, n: number): Promise<Float32Array>;
  save(): Promise<TrainerState>;
  load(state: TrainerState | { model: ModelState }): void;
  dispose(): void;
};
