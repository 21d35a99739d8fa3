/**
 * Reverse-mode differentiation over tfjs's tape and registered gradients, in two phases, freeing tensors on the way
 * back. tfjs's own walk keeps every intermediate gradient and every saved activation until its end, which doubles the
 * memory of a training step, and creates zeros for a pooling's whole argmax only to pass them to a gradient that
 * ignores them.
 */
import * as tf from './tf.ts';

type TapeNode = {
  kernelName: string;
  inputs: Record<string, tf.Tensor>;
  outputs: tf.Tensor[];
  saved: tf.Tensor[];
  /** Absent if the kernel has none. An output's gradient may be null; tfjs then makes zeros of its shape. */
  gradient?: (dys: (tf.Tensor | null)[]) => Record<string, () => tf.Tensor>;
};

/** The part of tfjs's engine that its types keep private. */
type TapeEngine = {
  startTape(): void;
  endTape(): void;
  state: { activeTape: TapeNode[] | null };
};

export type Recording<T> = {
  result: T;
  /**
   * Gradients of `scale · loss`, in the order of `variables`; the caller owns them. Can run once.
   * @param loss a scalar, or any shape if `scale` has the same shape and weights each value
   * @throws Error if a variable takes no part in the loss
   */
  backward(loss: tf.Tensor, variables: tf.Tensor[], scale: number | tf.Tensor): tf.Tensor[];
  /** Frees the tensors saved for the backward pass. Safe to call at any time. */
  discard(): void;
};

/** Runs `forward` and saves what its backward pass needs. The caller owns the tensors of the result. */
export function record<T extends tf.TensorContainer>(forward: () => T): Recording<T> {
  const engine = tf.engine() as unknown as TapeEngine;
  let tape: TapeNode[] = [];
  const discard = () => {
    for (const { saved } of tape) for (const tensor of saved) tensor.dispose();
    tape = [];
  };
  engine.startTape();
  try {
    const result = tf.tidy(forward);
    tape = engine.state.activeTape ?? [];
    return {
      result,
      discard,
      backward(loss, variables, scale) {
        try {
          return tf.tidy(() => walkBack(tape, loss, variables, scale));
        } finally {
          discard();
        }
      },
    };
  } catch (error) {
    tape = engine.state.activeTape ?? [];
    discard();
    throw error;
  } finally {
    engine.state.activeTape = null;
    engine.endTape();
  }
}

function walkBack(
  tape: TapeNode[],
  loss: tf.Tensor,
  variables: tf.Tensor[],
  scale: number | tf.Tensor,
): tf.Tensor[] {
  const dependent = dependents(tape, variables);
  const seed = typeof scale === 'number' ? tf.scalar(scale) : scale;
  /** Gradients found so far, by the id of their tensor. */
  const gradients = new Map<number, tf.Tensor>([[loss.id, seed]]);
  for (const node of tape.toReversed()) {
    const dys = node.outputs.map(({ id }) => gradients.get(id) ?? null);
    if (dys.some((dy) => dy !== null)) {
      const inputs = Object.entries(node.inputs).filter(([, { id }]) => dependent.has(id));
      // Our gradients ignore all outputs but the first: any non-null value avoids creating zeros.
      const given = node.kernelName.startsWith('Lab') ? dys.map((dy) => dy ?? seed) : dys;
      const found = tf.tidy(() => {
        const functions = node.gradient?.(given);
        if (!functions) throw new Error(`${node.kernelName} has no gradient`);
        // A clone, because a gradient may pass on the very dy that is freed below.
        return inputs.map(([name]) => tf.clone(functions[name]!()));
      });
      inputs.forEach(([, { id }], i) => {
        gradients.set(id, added(gradients.get(id), found[i]));
      });
      for (const { id } of node.outputs) {
        if (gradients.get(id) !== seed) gradients.get(id)?.dispose();
        gradients.delete(id);
      }
    }
    for (const tensor of node.saved) tensor.dispose();
  }
  return variables.map(({ id }) => {
    const gradient = gradients.get(id);
    if (!gradient) throw new Error('A variable takes no part in the loss');
    return gradient;
  });
}

/** Ids of all tensors that depend on a variable: no gradient is computed for others, such as the images. */
function dependents(tape: TapeNode[], variables: tf.Tensor[]): Set<number> {
  const ids = new Set(variables.map(({ id }) => id));
  for (const { inputs, outputs } of tape) {
    if (Object.values(inputs).some(({ id }) => ids.has(id))) for (const { id } of outputs) ids.add(id);
  }
  return ids;
}

/** The sum; disposes of its terms. */
function added(sum: tf.Tensor | undefined, term: tf.Tensor): tf.Tensor {
  if (!sum) return term;
  const total = tf.add(sum, term);
  sum.dispose();
  term.dispose();
  return total;
}
