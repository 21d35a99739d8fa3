/** A model file becomes a run, and one that does not fit is refused. */
import { describe, expect, test } from 'vitest';
import { readModel } from '../../src/app/model.ts';
import { writeSafetensors } from '../../src/core/export/safetensors.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { findNetwork } from '../../src/core/nn/index.ts';
import { NETWORK_META } from '../../src/core/nn/meta.ts';
import { type ModelState, torchShape } from '../../src/core/nn/state.ts';
import { classIds } from '../../src/core/train/labelSetOf.ts';

const METADATA = { network: 'resnet18', size: '64', labels: '["CT","MR","PT","XR"]' };
const stateOf = (network: string, classes = 4): ModelState =>
  new Map(
    findNetwork(network, classes).tensors.map((spec) => {
      const shape = torchShape(spec);
      return [spec.name, { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5) }];
    }),
  );
const model = stateOf('resnet18');
/** VGGs take a gigabyte here, and prove no more. */
const small = Object.values(NETWORK_META).filter(({ parameters }) => parameters.body < 50e6);
const file = (metadata: Record<string, string>, state = model) =>
  new Blob([writeSafetensors({ model: state, metadata })]);

const SIX = { ...BODY_REGION_SET, classes: BODY_REGION_SET.classes.slice(0, 6) };
const REGIONS = {
  ...METADATA,
  labels: JSON.stringify(classIds(SIX)),
  labelSet: JSON.stringify(SIX),
};

const REGIONS_TURNED = {
  ...REGIONS,
  labels: JSON.stringify(classIds(SIX).toReversed()),
};

describe('a model file', () => {
  test('written before files had label sets is on the default one', async () => {
    expect((await readModel(file(METADATA))).labelSet).toEqual(DEFAULT_SET);
  });

  test('of another label set brings it along', async () => {
    const { labelSet, model } = await readModel(file(REGIONS, stateOf('resnet18', 6)));
    expect(labelSet).toEqual(SIX);
    expect(model.get('fc.bias')!.shape).toEqual([6]);
  });

  test('with more or fewer outputs than classes is refused, and it is said how many', async () => {
    await expect(readModel(file(REGIONS))).rejects.toMatchObject({
      code: 'model-unusable',
      message: expect.stringContaining('It has 4 outputs, but its labels name 6 classes.'),
      outcome: 'Nothing was loaded.',
    });
    await expect(readModel(file(METADATA, stateOf('resnet18', 6)))).rejects.toMatchObject({
      message: expect.stringContaining('It has 6 outputs, but its labels name 4 classes.'),
    });
  });

  test.each([
    ['that is no JSON', '{'],
    ['of another shape', '{"classes":[]}'],
    ['with faults', JSON.stringify({ ...SIX, classes: [], labels: '[]' })],
  ])('with a label set %s is refused', async (_, labelSet) => {
    await expect(readModel(file({ ...REGIONS, labelSet }))).rejects.toMatchObject({
      message: expect.stringContaining('Its label set cannot be used.'),
    });
  });

  test.each(small)('becomes a run of no epochs: $label', async ({ key }) => {
    const state = stateOf(key);
    const read = await readModel(file({ ...METADATA, network: key }, state));
    expect(read.config).toMatchObject({ network: key, inputSize: 64, epochs: 0 });
    expect([...read.model.keys()]).toEqual([...state.keys()]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['without labels', { network: 'resnet18', size: '64' }, /what its outputs stand for/],
    ['with labels in another order', { ...METADATA, labels: '["MR","CT","PT","XR"]' }, /its outputs stand/],
    ['with labels in another order than its set', REGIONS_TURNED, /its outputs stand/],
    ['without a size', { network: 'resnet18', labels: METADATA.labels }, /which size of images it takes/],
    ['of an unknown network', { ...METADATA, network: '__proto__' }, /./],
  ])('%s is refused, and it is said why', async (_, metadata, why) => {
    const next = expect.stringMatching(/\w/);
    await expect(readModel(file(metadata))).rejects.toMatchObject({
      message: expect.stringMatching(why),
      next,
    });
  });

  test('has an output for pictures of no class where it says so, and only then', async () => {
    const five = (metadata: Record<string, string>) => readModel(file(metadata, stateOf('resnet18', 5)));
    expect((await five({ ...METADATA, outliers: '0.1' })).config.outliers).toBe(0.1);
    expect((await readModel(file(METADATA))).config.outliers).toBe(0);
    await expect(five(METADATA)).rejects.toMatchObject({ code: 'model-unusable' });
    for (const wrong of ['1', '-1', '"0.1"', 'x'])
      await expect(five({ ...METADATA, outliers: wrong })).rejects.toMatchObject({ code: 'model-unusable' });
  });

  test('brings its calibration along, or is refused for an impossible one', async () => {
    const calibration = { temperature: 1.5, correlation: 0.4, slices: 500, series: 40 };
    const withCalibration = (value: unknown) =>
      readModel(file({ ...METADATA, calibration: JSON.stringify(value) }));
    expect((await withCalibration(calibration)).calibration).toEqual(calibration);
    expect((await readModel(file(METADATA))).calibration).toBeNull();
    for (const wrong of [{ ...calibration, temperature: 0 }, { ...calibration, correlation: 2 }, [], null]) {
      await expect(withCalibration(wrong)).rejects.toMatchObject({
        message: expect.stringContaining('Its calibration cannot be used.'),
      });
    }
  });

  test('larger than any network is refused before it is read', async () => {
    const large = Object.assign(file(METADATA), { arrayBuffer: () => Promise.reject(new Error('read')) });
    Object.defineProperty(large, 'size', { value: 2 ** 32 });
    await expect(readModel(large)).rejects.toMatchObject({
      message: expect.stringContaining('larger than any'),
    });
  });

  test('whose weights are another network’s is refused', async () => {
    await expect(readModel(file({ ...METADATA, network: 'resnet50' }))).rejects.toMatchObject({
      code: 'state-mismatch',
    });
    const fewer = new Map([...model].slice(1));
    await expect(readModel(file(METADATA, fewer))).rejects.toMatchObject({ code: 'state-mismatch' });
  });
});
