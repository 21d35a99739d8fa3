/** A network's tensors to and from torchvision's names and layouts (OIHW, [out, in]). */
import { LabError } from '../errors.ts';
import type { TensorSpec } from './layer.ts';

/** One named tensor of a saved state, in PyTorch's name and layout (OIHW, [out, in]). */
export type TensorRecord = { shape: number[]; data: Float32Array };

/** Weights and running statistics by torchvision's names, e.g. `layer1.0.conv1.weight`, `bn1.running_var`. */
export type ModelState = Map<string, TensorRecord>;

/**
 * PyTorch's axes of a tensor as axes of the engine's shape: reading the engine's values with the axes in this
 * order gives PyTorch's. For a flattened linear weight the inputs are split into [height, width, channels].
 */
function axes(spec: TensorSpec): { engine: number[]; torch: number[] } {
  if (spec.kind === 'convWeight') return { engine: spec.shape, torch: [3, 2, 0, 1] };
  if (spec.kind !== 'linearWeight') return { engine: spec.shape, torch: [0] };
  if (!spec.flattened) return { engine: spec.shape, torch: [1, 0] };
  return { engine: [...spec.flattened, spec.shape[1]], torch: [3, 2, 0, 1] };
}

/** Shape of the tensor in PyTorch. */
export function torchShape(spec: TensorSpec): number[] {
  if (spec.kind === 'convWeight') return [3, 2, 0, 1].map((axis) => spec.shape[axis]);
  return spec.shape.toReversed();
}

/** Values with their axes in another order: axis i of the result is axis order[i] of the source. */
function permute(values: Float32Array, shape: number[], order: number[]): Float32Array {
  if (order.length === 1) return values.slice();
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((size, side) => size * side, 1));
  // Two to four axes, always treated as four.
  const sides = [1, 1, 1, ...order.map((axis) => shape[axis])].slice(-4);
  const steps = [0, 0, 0, ...order.map((axis) => strides[axis])].slice(-4);
  const [sideA, sideB, sideC, sideD] = sides as [number, number, number, number];
  const [stepA, stepB, stepC, stepD] = steps as [number, number, number, number];
  const result = new Float32Array(values.length);
  let to = 0;
  for (let a = 0; a < sideA; a++) {
    for (let b = 0; b < sideB; b++) {
      for (let c = 0; c < sideC; c++) {
        let from = a * stepA + b * stepB + c * stepC;
        for (let d = 0; d < sideD; d++, from += stepD) result[to++] = values[from];
      }
    }
  }
  return result;
}

export function toTorch(spec: TensorSpec, values: Float32Array): TensorRecord {
  const { engine, torch } = axes(spec);
  return { shape: torchShape(spec), data: permute(values, engine, torch) };
}

export function fromTorch(spec: TensorSpec, record: TensorRecord): Float32Array {
  const { engine, torch } = axes(spec);
  const inverse = torch.map((_, axis) => torch.indexOf(axis));
  return permute(
    record.data,
    torch.map((axis) => engine[axis]),
    inverse,
  );
}

/**
 * The records of a state for the given tensors, in their order.
 *
 * `*.num_batches_tracked` is neither needed nor written: PyTorch adds it on loading, also with strict=True.
 * @throws LabError `state-mismatch` if a tensor is missing, superfluous, or of another shape
 */
export function matchState(specs: readonly TensorSpec[], state: ModelState): TensorRecord[] {
  const names = new Set(specs.map(({ name }) => name));
  const superfluous = [...state.keys()].filter((name) => !names.has(name) && !isCounter(name)).length;
  if (superfluous > 0) throw mismatch(`It has ${superfluous} tensors that this network has not.`);
  return specs.map((spec) => {
    const record = state.get(spec.name);
    if (!record) throw mismatch(`The tensor ${spec.name} is missing.`);
    const expected = torchShape(spec);
    const sizes = expected.reduce((size, side) => size * side, 1);
    if (record.shape.join() !== expected.join() || record.data.length !== sizes) {
      throw mismatch(`The tensor ${spec.name} should have the shape ${expected.join('×')}.`);
    }
    return record;
  });
}

function isCounter(name: string): boolean {
  return name.endsWith('.num_batches_tracked');
}

function mismatch(detail: string): LabError {
  return new LabError(
    'state-mismatch',
    `These weights do not fit the network. ${detail}`,
    'The network kept the weights it had.',
    'Choose the network that these weights were trained for, with one input channel and one output for each class.',
  );
}
