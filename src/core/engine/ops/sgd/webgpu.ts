/** sgd on the webgpu device; small parameters of a network are updated in one dispatch. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import type { FlatOp } from '../../devices/webgpu/flat.ts';
import type { SgdKernels } from './index.ts';

const SGD: FlatOp = {
  name: 'sgd',
  inputs: ['parameter', 'gradient', 'velocity'],
  outputs: ['newParameter', 'newVelocity'],
  overwrites: ['parameter', 'velocity'],
  params: ['learningRate', 'momentum', 'weightDecay'],
  body: `
  let newVelocity = momentum * velocity + (gradient + weightDecay * parameter);
  let newParameter = parameter - learningRate * newVelocity;`,
};

export const kernels: SgdKernels = {
  LabSgd({
    inputs: { parameter, gradient, velocity },
    attrs: { learningRate, momentum, weightDecay },
    backend,
  }) {
    const tensors = [parameter, gradient, velocity];
    const [newParameter, newVelocity] = (backend as GpuBackend).flat(SGD, tensors, [
      learningRate,
      momentum,
      weightDecay,
    ]);
    return [newParameter, newVelocity];
  },
};
