/** Weights as safetensors come back as they were written, and damaged ones are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/core/errors.ts';
import { readSafetensors, writeSafetensors } from '../../../src/core/export/safetensors.ts';
import type { ModelState } from '../../../src/core/nn/state.ts';

const MODEL: ModelState = new Map([
  ['conv1.weight', { shape: [2, 1, 1, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 7) }],
  ['bn1.running_mean', { shape: [2], data: Float32Array.of(0.25, -0.5) }],
]);
const METADATA = { network: 'resnet18', labels: '["CT","MR","PT","XR"]' };
const file = writeSafetensors({ model: MODEL, metadata: METADATA });

/** A file of any header and data. */
function made(header: unknown, dataBytes = 0, length?: number): Uint8Array {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  const bytes = new TextEncoder().encode(json);
  const whole = new Uint8Array(8 + bytes.length + dataBytes);
  new DataView(whole.buffer).setUint32(0, length ?? bytes.length, true);
  whole.set(bytes, 8);
  return whole;
}
const tensor = (changes: object = {}) => ({ dtype: 'F32', shape: [2], data_offsets: [0, 8], ...changes });

describe('a safetensors file', () => {
  test('comes back as it was written', () => {
    expect(readSafetensors(file)).toEqual({ model: MODEL, metadata: METADATA });
  });

  test('has its header’s length first and its data aligned, as the format says', () => {
    const view = new DataView(file.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect((8 + length) % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
    expect(header['bn1.running_mean']).toEqual({ dtype: 'F32', shape: [2], data_offsets: [24, 32] });
    expect(view.getFloat32(8 + length + 24, true)).toBe(0.25);
  });

  test('may hold PyTorch’s batch counters, which are left out', () => {
    const counter = { dtype: 'I64', shape: [], data_offsets: [8, 16] };
    const { model } = readSafetensors(made({ a: tensor(), 'bn1.num_batches_tracked': counter }, 16));
    expect([...model.keys()]).toEqual(['a']);
  });

  test('is read from anywhere in a buffer', () => {
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(readSafetensors(shifted.subarray(3)).model).toEqual(MODEL);
  });
});

describe('a file of 8-bit weights', () => {
  const data = Float32Array.from({ length: 600 }, (_, i) => Math.sin(i) * (i < 300 ? 1 : 1e-4));
  const model: ModelState = new Map([
    ['conv1.weight', { shape: [2, 3, 10, 10], data }],
    ['bn1.weight', { shape: [2], data: Float32Array.of(1 / 3, 1e-20) }],
    ['dead.weight', { shape: [1, 2], data: Float32Array.of(0, 0) }],
  ]);
  const small = writeSafetensors({ model, metadata: METADATA }, 8);
  const read = readSafetensors(small).model;

  test('has a quarter of the bytes, and the same tensors by name', () => {
    const length = Number(new DataView(small.buffer).getBigUint64(0, true));
    expect(small.length - 8 - length).toBe(600 + 2 + 3 * 4 + 2 * 4);
    expect([...read.keys()].sort()).toEqual([...model.keys()].sort());
    for (const [name, { shape }] of model) expect(read.get(name)!.shape).toEqual(shape);
  });

  test('is off by half a step of each output channel at most; vectors are exact', () => {
    const found = read.get('conv1.weight')!.data;
    for (const [from, largest] of [
      [0, 1],
      [300, 1e-4],
    ]) {
      for (let i = from; i < from + 300; i++) {
        expect(Math.abs(found[i] - data[i])).toBeLessThanOrEqual((largest / 127 / 2) * 1.0001);
      }
    }
    expect(read.get('bn1.weight')).toEqual(model.get('bn1.weight'));
    expect([...read.get('dead.weight')!.data]).toEqual([0, 0]);
  });

  test('is refused without the scales of a tensor', () => {
    const eight = { dtype: 'I8', shape: [2, 2], data_offsets: [0, 4] };
    const short = { dtype: 'F32', shape: [1], data_offsets: [4, 8] };
    expect(() => readSafetensors(made({ a: eight }, 4))).toThrow(/no scales/);
    expect(() => readSafetensors(made({ a: eight, a_scale: short }, 8))).toThrow(/no scales/);
  });
});

const malformed: [string, Uint8Array][] = [
  ['nothing', new Uint8Array(0)],
  ['a header longer than the file', made({}, 0, 1 << 20)],
  ['a header of 2³² bytes and more', file.with(4, 1)],
  ['no JSON', made('{"a":')],
  ['no UTF-8', made({ a: tensor() }, 8).with(9, 0xff)],
  ['a list for a header', made([])],
  ['metadata that are no texts', made({ __metadata__: { a: 1 } })],
  ['a tensor that is not described', made({ a: null })],
  ['doubles', made({ a: tensor({ dtype: 'F64', data_offsets: [0, 16] }) }, 16)],
  ['integers that are no counter', made({ a: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, 8)],
  ['a negative side', made({ a: tensor({ shape: [-2] }) }, 8)],
  ['a fractional side', made({ a: tensor({ shape: [0.5] }) }, 8)],
  ['too many axes', made({ a: tensor({ shape: [1, 1, 1, 1, 2] }) }, 8)],
  ['a shape beyond all numbers', made({ a: tensor({ shape: [2 ** 40, 2 ** 40] }) }, 8)],
  ['a shape that is not its bytes', made({ a: tensor({ shape: [3] }) }, 8)],
  ['an end beyond the file', made({ a: tensor({ shape: [3], data_offsets: [0, 12] }) }, 8)],
  ['overlapping tensors', made({ a: tensor(), b: tensor({ data_offsets: [4, 12] }) }, 12)],
  ['a gap', made({ a: tensor(), b: tensor({ data_offsets: [12, 20] }) }, 20)],
  ['bytes behind the last tensor', made({ a: tensor() }, 12)],
  ['a weight that is no number', made({ a: tensor() }, 8).fill(0xff, -8)],
];

describe('what is no good is refused with a reason', () => {
  test.each(malformed)('%s', (_, bytes) => {
    expect(() => readSafetensors(bytes)).toThrow(expect.objectContaining({ code: 'weights-malformed' }));
  });

  test('whatever a byte is changed to', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, value) => {
        try {
          const { model } = readSafetensors(file.with(at, value));
          for (const { shape, data } of model.values()) {
            expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
            expect(data.every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(LabError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => readSafetensors(bytes)).toThrow(LabError);
      }),
    );
  });

  test('takes no name for a prototype', () => {
    const { model } = readSafetensors(
      made('{"__proto__":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 8),
    );
    expect([...model.keys()]).toEqual(['__proto__']);
  });
});
