/** The typed form of tfjs kernels and gradients that every op is written in. */
import * as tf from '../tf.ts';
import type { Kernels } from './index.ts';

/** The arguments of a device's implementation. `backend` is the device's own tfjs backend. */
export type KernelCall<Inputs, Attributes> = { inputs: Inputs; attrs: Attributes; backend: object };

/** One implementation of one kernel; several outputs are a tuple. */
export type Kernel<Inputs, Attributes, Outputs = tf.TensorInfo> = (
  call: KernelCall<Inputs, Attributes>,
) => Outputs;

export type KernelName = keyof Kernels;
export type Inputs<Name extends KernelName> = Parameters<Kernels[Name]>[0]['inputs'];
export type Attributes<Name extends KernelName> = Parameters<Kernels[Name]>[0]['attrs'];
export type Outputs<Name extends KernelName> =
  ReturnType<Kernels[Name]> extends tf.TensorInfo ? tf.Tensor : Tensors<ReturnType<Kernels[Name]>>;
type Tensors<Infos> = { [Index in keyof Infos]: tf.Tensor };

/** Runs a kernel on the current backend; optional inputs may be undefined. */
export function runKernel<Name extends KernelName>(
  name: Name,
  inputs: Inputs<Name>,
  attributes: Attributes<Name>,
): Outputs<Name> {
  // The tape reads every entry, so absent inputs must not be entries.
  const present = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor !== undefined));
  return tf.engine().runKernel(name, present as tf.NamedTensorMap, attributes) as unknown as Outputs<Name>;
}

/** The gradient of one kernel. */
export type Gradient<Name extends KernelName> = {
  /** Inputs kept until the backward pass, in the order of `saved`. None may be optional. */
  inputsToSave?: (keyof Inputs<Name> & string)[];
  /** Outputs kept as well; they follow the inputs in `saved`. */
  outputsToSave?: boolean[];
  /**
   * One function per differentiable input; each runs only if its gradient is needed.
   * @param dy gradient of the first output: no other output of our kernels takes part in a loss
   */
  gradient(
    dy: tf.Tensor,
    saved: tf.Tensor[],
    attributes: Attributes<Name>,
  ): { [Input in keyof Inputs<Name>]?: () => tf.Tensor };
};

export function registerGradient<Name extends KernelName>(name: Name, config: Gradient<Name>): void {
  tf.registerGradient({
    kernelName: name,
    inputsToSave: config.inputsToSave ?? [],
    outputsToSave: config.outputsToSave ?? [],
    gradFunc: (dy, saved, attributes) =>
      config.gradient(
        Array.isArray(dy) ? dy[0] : dy,
        saved,
        attributes as unknown as Attributes<Name>,
      ) as Record<string, () => tf.Tensor>,
  });
}

/** Side of a window's output: out = floor((in + 2·pad − window) / stride) + 1. */
export function outputSide(side: number, window: number, stride: number, pad: number): number {
  return Math.floor((side + 2 * pad - window) / stride) + 1;
}
