/** ONNX graphs and their encoding: onnx.proto of ONNX, IR version 8, operators of opset 17. */
import { float, integer, type Message, message, text } from './protobuf.ts';

export const IR_VERSION = 8;
export const OPSET = 17;
/** The side of a tensor that each call chooses. */
export const ANY = 'N';

type Attribute = { float: number } | { int: number } | { ints: readonly number[] };

export type Node = {
  op: string;
  inputs: readonly string[];
  output: string;
  attributes?: Readonly<Record<string, Attribute>>;
};

export type Initializer = { name: string; shape: readonly number[] } & (
  | { floats: Float32Array }
  | { integers: readonly number[] }
);

/** A float32 tensor that goes in or comes out. */
export type Value = { name: string; shape: readonly (number | typeof ANY)[]; about: string };

export type Graph = {
  name: string;
  /** Each after those whose outputs it takes. */
  nodes: readonly Node[];
  initializers: readonly Initializer[];
  inputs: readonly Value[];
  outputs: readonly Value[];
};

/** TensorProto.DataType. */
const FLOAT = 1;
const INT64 = 7;
/** AttributeProto.AttributeType. */
const TYPE_FLOAT = 1;
const TYPE_INT = 2;
const TYPE_INTS = 7;

/** A ModelProto. @param metadata its metadata_props */
export function encode(graph: Graph, metadata: Readonly<Record<string, string>>): Message {
  return [
    ...integer(1, IR_VERSION),
    ...text(2, 'Modality Lab'),
    ...message(7, graphProto(graph)),
    ...message(8, [...text(1, ''), ...integer(2, OPSET)]),
    ...Object.entries(metadata).flatMap(([key, value]) => message(14, [...text(1, key), ...text(2, value)])),
  ];
}

function graphProto({ name, nodes, initializers, inputs, outputs }: Graph): Message {
  return [
    ...nodes.flatMap((node, at) => message(1, nodeProto(node, at))),
    ...text(2, name),
    ...initializers.flatMap((one) => message(5, tensorProto(one))),
    ...inputs.flatMap((one) => message(11, valueProto(one))),
    ...outputs.flatMap((one) => message(12, valueProto(one))),
  ];
}

function nodeProto({ op, inputs, output, attributes = {} }: Node, at: number): Message {
  return [
    ...inputs.flatMap((name) => text(1, name)),
    ...text(2, output),
    ...text(3, `${op} ${at}`),
    ...text(4, op),
    ...Object.entries(attributes).flatMap(([name, value]) => message(5, attributeProto(name, value))),
  ];
}

function attributeProto(name: string, value: Attribute): Message {
  if ('float' in value) return [...text(1, name), ...float(2, value.float), ...integer(20, TYPE_FLOAT)];
  if ('int' in value) return [...text(1, name), ...integer(3, value.int), ...integer(20, TYPE_INT)];
  return [...text(1, name), ...value.ints.flatMap((one) => integer(8, one)), ...integer(20, TYPE_INTS)];
}

function tensorProto(tensor: Initializer): Message {
  return [
    ...tensor.shape.flatMap((side) => integer(1, side)),
    ...integer(2, 'floats' in tensor ? FLOAT : INT64),
    ...text(8, tensor.name),
    ...message(9, ['floats' in tensor ? float32Bytes(tensor.floats) : int64Bytes(tensor.integers)]),
  ];
}

function valueProto({ name, shape, about }: Value): Message {
  const sides = shape.flatMap((side) => message(1, side === ANY ? text(2, side) : integer(1, side)));
  return [
    ...text(1, name),
    ...message(2, message(1, [...integer(1, FLOAT), ...message(2, sides)])),
    ...text(3, about),
  ];
}

/** Little-endian, as every machine with a browser is: the weights themselves. */
function float32Bytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

function int64Bytes(values: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
}
