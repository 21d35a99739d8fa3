/** Weights as a safetensors file: written for PyTorch, and read as untrusted input. */
import { LabError } from '../errors.ts';
import type { ModelState } from '../nn/state.ts';
import { dequantise, isQuantisable, quantise } from './quantise.ts';

/** Little-endian uint64 length of the JSON header. */
const LENGTH_BYTES = 8;
/** The largest of our networks (VGG16) has 540 MB; its header has 10 kB. */
const LARGEST_FILE = 1 << 30;
const LARGEST_HEADER = 1 << 20;
const LARGEST_RANK = 4;
const DTYPE_BYTES = { F32: 4, I64: 8, I8: 1 } as const;
/** PyTorch's batch norm counts its batches in int64; it is not needed here. */
const COUNTER = '.num_batches_tracked';
/** The F32 vector beside a tensor of 8-bit integers: what each of its output channels is multiplied with. */
const SCALE = '_scale';

export type Metadata = Record<string, string>;
export type Weights = { model: ModelState; metadata: Metadata };

type Entry = { name: string; dtype: keyof typeof DTYPE_BYTES; shape: number[]; begin: number; end: number };

/**
 * Tensors in the order of the model; the header is padded so that they begin at a multiple of 8.
 * @param bits 32: as F32, for PyTorch; 8: weights as I8 with their scales (see quantise.ts), for this app
 */
export function writeSafetensors({ model, metadata }: Weights, bits: 32 | 8 = 32): Uint8Array<ArrayBuffer> {
  const parts = [...model].flatMap(([name, tensor]): Part[] => {
    if (bits === 32 || !isQuantisable(tensor)) return [{ name, dtype: 'F32', ...tensor }];
    const { values, scale } = quantise(tensor);
    return [
      { name: `${name}${SCALE}`, dtype: 'F32', shape: [scale.length], data: scale },
      { name, dtype: 'I8', shape: tensor.shape, data: values },
    ];
  });
  // Floats first: they stay at multiples of four.
  const ordered = [...parts.filter(isFloat), ...parts.filter((part) => !isFloat(part))];
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const { name, dtype, shape, data } of ordered) {
    header[name] = { dtype, shape, data_offsets: [length, length + data.byteLength] };
    length += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + padded + length);
  const view = new DataView(file.buffer);
  view.setUint32(0, padded, true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded);
  file.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + padded;
  for (const { data } of ordered) {
    if (data instanceof Float32Array)
      for (let i = 0; i < data.length; i++) view.setFloat32(at + i * 4, data[i], true);
    else file.set(new Uint8Array(data.buffer, data.byteOffset, data.length), at);
    at += data.byteLength;
  }
  return file;
}

type Part = { name: string; dtype: 'F32' | 'I8'; shape: number[]; data: Float32Array | Int8Array };

function isFloat({ dtype }: Part): boolean {
  return dtype === 'F32';
}

/**
 * Reads a file of F32 tensors, or I8 ones with their scales, that fill it without gap or overlap. The caller checks whether
 * they fit a network.
 * @throws LabError `weights-malformed`
 */
export function readSafetensors(file: Uint8Array): Weights {
  if (file.length > LARGEST_FILE) throw malformed('It is larger than any model of this app.');
  if (file.length < LENGTH_BYTES) throw malformed('It is too short.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = view.getUint32(0, true);
  const dataStart = LENGTH_BYTES + length;
  if (view.getUint32(4, true) !== 0 || length > LARGEST_HEADER || dataStart > file.length) {
    throw malformed('Its header has an impossible length.');
  }
  const { entries, metadata } = parseHeader(file.subarray(LENGTH_BYTES, dataStart));
  checkLayout(entries, file.length - dataStart);
  const model: ModelState = new Map();
  for (const { name, dtype, shape, begin, end } of entries) {
    if (dtype !== 'F32') continue;
    const data = new Float32Array((end - begin) / DTYPE_BYTES.F32);
    for (let i = 0; i < data.length; i++) data[i] = view.getFloat32(dataStart + begin + i * 4, true);
    if (!data.every(Number.isFinite)) throw malformed('A weight is not a finite number.');
    model.set(name, { shape, data });
  }
  for (const { name, dtype, shape, begin, end } of entries) {
    if (dtype !== 'I8') continue;
    const scale = model.get(`${name}${SCALE}`)?.data;
    if (scale?.length !== shape[0]) throw malformed('A tensor of 8-bit integers has no scales.');
    const values = new Int8Array(file.buffer, file.byteOffset + dataStart + begin, end - begin);
    const tensor = dequantise({ shape, values, scale });
    if (!tensor.data.every(Number.isFinite)) throw malformed('A weight is not a finite number.');
    model.set(name, tensor);
    model.delete(`${name}${SCALE}`);
  }
  return { model, metadata };
}

function parseHeader(bytes: Uint8Array): { entries: Entry[]; metadata: Metadata } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('Its header is not JSON.');
  }
  if (!isRecord(header)) throw malformed('Its header is not an object.');
  const fields = new Map(Object.entries(header));
  const metadata = fields.get('__metadata__') ?? {};
  fields.delete('__metadata__');
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw malformed('Its metadata are not texts.');
  }
  return { entries: Array.from(fields, parseEntry), metadata: metadata as Metadata };
}

function parseEntry([name, value]: [string, unknown]): Entry {
  if (!isRecord(value)) throw malformed('A tensor is not described.');
  const { dtype, shape, data_offsets: offsets } = value;
  const counter = dtype === 'I64' && name.endsWith(COUNTER);
  if (dtype !== 'F32' && dtype !== 'I8' && !counter) throw malformed('A tensor is not of 32-bit floats.');
  if (!isSizes(shape) || shape.length > LARGEST_RANK) throw malformed('A tensor has an impossible shape.');
  if (!isSizes(offsets) || offsets.length !== 2) throw malformed('A tensor has no place in the file.');
  const [begin, end] = offsets;
  const bytes = shape.reduce((product, side) => product * side, DTYPE_BYTES[dtype as Entry['dtype']]);
  if (end - begin !== bytes) throw malformed('A tensor’s shape and place differ.');
  return { name, dtype: dtype as Entry['dtype'], shape, begin, end };
}

/** The tensors must fill the data exactly, end to end. */
function checkLayout(entries: readonly Entry[], length: number): void {
  let at = 0;
  for (const { begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) throw malformed('Its tensors overlap or leave gaps.');
    at = end;
  }
  if (at !== length) throw malformed('Its tensors do not fill it.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function malformed(detail: string): LabError {
  return new LabError(
    'weights-malformed',
    `This is not a weights file (.safetensors) of this app or of PyTorch. ${detail}`,
    'Nothing was loaded.',
    'Export the weights again, as 32-bit floats.',
  );
}
