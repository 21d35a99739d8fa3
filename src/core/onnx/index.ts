/**
 * A model file as ONNX, for ONNX Runtime and every other program that reads it: pixels in, the app's calibrated probabilities
 * out. All that the weights' file says of itself is in the metadata.
 */
import { parseModelFile } from '../export/modelFile.ts';
import { findNetwork } from '../nn/index.ts';
import { hasNone, outputsOf } from '../train/answers.ts';
import { ANY, encode, type Graph, type Initializer, type Node, type Value } from './graph.ts';
import type { Message } from './protobuf.ts';
import { trace } from './trace.ts';

const IMAGES = 'images';
const PROBABILITIES = 'probabilities';
const STRANGENESS = 'strangeness';

/**
 * @param weights a safetensors file of the app, untrusted
 * @returns the file's bytes, in parts that are not copied
 * @throws LabError `model-unusable`, `weights-malformed` or `state-mismatch`
 */
export async function toOnnx(weights: Uint8Array): Promise<Message> {
  const file = parseModelFile(weights);
  const { inputSize: size, calibration, outliers } = file;
  const classes = file.labelSet.classes.length;
  const network = findNetwork(file.network, outputsOf(file, classes));
  const traced = await trace(network, file.model, { size, input: IMAGES });
  const answers = answersOf(traced.logits, classes, {
    temperature: calibration?.temperature ?? 1,
    none: hasNone({ outliers }),
  });
  const graph: Graph = {
    name: network.meta.label,
    nodes: [...traced.nodes, ...answers.nodes],
    initializers: [...traced.initializers, ...answers.initializers],
    inputs: [
      { name: IMAGES, shape: [ANY, 1, size, size], about: 'grey levels of 0 to 1; see preprocessing' },
    ],
    outputs: answers.outputs,
  };
  return encode(graph, file.metadata);
}

/** From logits to what the app says: see train/answers.ts and evaluate/temperature.ts. */
function answersOf(
  logits: string,
  classes: number,
  { temperature, none }: { temperature: number; none: boolean },
): { nodes: Node[]; initializers: Initializer[]; outputs: Value[] } {
  const outputs: Value[] = [
    {
      name: PROBABILITIES,
      shape: [ANY, classes],
      about: 'of the classes, in the order of labels; calibrated',
    },
  ];
  const softmax = (of: string): Node[] => [
    { op: 'Div', inputs: [of, 'temperature'], output: 'scaled' },
    { op: 'Softmax', inputs: ['scaled'], output: PROBABILITIES, attributes: { axis: { int: 1 } } },
  ];
  const scale: Initializer = { name: 'temperature', shape: [], floats: Float32Array.of(temperature) };
  if (!none) return { nodes: softmax(logits), initializers: [scale], outputs };
  const axis = { axis: { int: 1 } };
  return {
    nodes: [
      { op: 'Gather', inputs: [logits, 'known'], output: 'of classes', attributes: axis },
      { op: 'Gather', inputs: [logits, 'none'], output: 'of none', attributes: axis },
      ...softmax('of classes'),
      {
        op: 'ReduceLogSumExp',
        inputs: ['of classes'],
        output: 'of any class',
        attributes: { axes: { ints: [1] }, keepdims: { int: 1 } },
      },
      { op: 'Sub', inputs: ['of none', 'of any class'], output: STRANGENESS },
    ],
    initializers: [
      scale,
      { name: 'known', shape: [classes], integers: Array.from({ length: classes }, (_, k) => k) },
      { name: 'none', shape: [1], integers: [classes] },
    ],
    outputs: [
      ...outputs,
      { name: STRANGENESS, shape: [ANY, 1], about: 'log odds of “none of them”; see calibration' },
    ],
  };
}
