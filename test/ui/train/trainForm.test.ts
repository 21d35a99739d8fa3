/** What the training form makes of what is typed, and what it tells before a run starts. */
import { describe, expect, test } from 'vitest';
import { NETWORK_META } from '../../../src/core/nn/meta.ts';
import { differences } from '../../../src/core/train/differences.ts';
import { estimateRun } from '../../../src/core/train/estimate.ts';
import { presetConfig } from '../../../src/core/train/presets.ts';
import { readNumber } from '../../../src/ui/train/number.ts';
import { showing, warnings } from '../../../src/ui/train/Plan.tsx';
import { withProblem } from '../../../src/ui/train/problems.ts';
import { makeFrozen } from '../../builders/storage.ts';

const RATE = { min: 1e-6, max: 10, whole: false };
const EPOCHS = { min: 1, max: 1000, whole: true };

describe('a number', () => {
  test.each([
    ['0.02', 0.02],
    ['0,02', 0.02],
    [',5', 0.5],
    ['2.', 2],
    [' 1e-3 ', 0.001],
  ])('%j is read with a point or a comma', (text, number) => {
    expect(readNumber(text, RATE)).toBe(number);
  });

  test.each([
    ['', RATE, 'Missing: 0.000001 to 10.'],
    ['abc', RATE, 'Not a number: 0.000001 to 10.'],
    ['0x10', RATE, 'Not a number: 0.000001 to 10.'],
    ['1 000', EPOCHS, 'Not a number: 1 to 1000.'],
    ['Infinity', RATE, 'Not a number: 0.000001 to 10.'],
    ['11', RATE, 'Too large: 0.000001 to 10.'],
    ['0', EPOCHS, 'Too small: 1 to 1000.'],
    ['-3', EPOCHS, 'Too small: 1 to 1000.'],
    ['2.5', EPOCHS, 'Whole numbers only: 1 to 1000.'],
    // A German thousand, or one: better asked than guessed.
    ['1,000', EPOCHS, 'Whole numbers only: 1 to 1000.'],
  ])('%j is refused in words', (text, range, words) => {
    expect(readNumber(text, range)).toBe(words);
  });

  test('that is right again takes its problem with it', () => {
    const wrong = withProblem({}, 'Epochs', 'Too small.');
    expect(wrong).toEqual({ Epochs: 'Too small.' });
    expect(withProblem(wrong, 'Epochs', 'Too small.')).toBe(wrong);
    expect(withProblem(wrong, 'Epochs', null)).toEqual({});
  });
});

describe('the plan of a run', () => {
  test('says how often images are shown', () => {
    expect(showing(181, presetConfig('quick'))).toBe(
      '181 images; each epoch shows them about 6 times (64 batches of 16).',
    );
    expect(showing(181, { ...presetConfig('quick'), augment: false })).toContain('64 batches of 16');
    expect(showing(181, presetConfig('paper'))).toContain('once (2 batches of 128)');
  });

  test('warns of too few steps, and says what to choose', () => {
    expect(warnings(181, presetConfig('quick'), null, null)).toEqual([]);
    const [warning] = warnings(181, presetConfig('paper'), null, null);
    expect(warning).toContain('2 steps an epoch and 20 in all');
    expect(warning).toContain('Quick');
    expect(warnings(4000, presetConfig('paper'), null, null)).toEqual([]);
  });

  test('warns of more than half a day', () => {
    const vgg = { ...presetConfig('paper'), network: 'vgg16' };
    const slices = { train: 50_000, validate: 5000, test: 5000 };
    const estimate = estimateRun(vgg, slices, { name: 'simd', threads: 2 }, [], 4);
    expect(warnings(50_000, vgg, estimate, null)[0]).toMatch(/^This would take .* h/);
  });

  test('warns of more memory than the machine can spare', () => {
    const vgg = { ...presetConfig('quick'), network: 'vgg16', inputSize: 224 as const, batch: 128 };
    const slices = { train: 181, validate: 32, test: 72 };
    const estimate = estimateRun(vgg, slices, { name: 'simd', threads: 2 }, [], 4);
    const of = (gigabytes: number | null) =>
      warnings(181, vgg, estimate, gigabytes && gigabytes * 2 ** 30).filter((text) => /memory/.test(text));
    expect(of(4)).toEqual([
      expect.stringMatching(/^This takes about 3\.9.GB of memory, and this machine has about 4\.3.GB/),
    ]);
    // Browsers say 8 of larger machines, too.
    expect(of(8)).toEqual([]);
    expect(of(null)).toEqual([]);
  });
});

describe('an estimate', () => {
  const config = presetConfig('quick');
  const slices = { train: 181, validate: 32, test: 72 };
  const cpu = { name: 'simd', threads: 2 } as const;
  const measured = { network: 'resnet18', size: 64, device: 'simd', imagesPerSecond: 100 } as const;

  test('follows an earlier run of the same network, size and device, the newest first', () => {
    const slower = { ...measured, imagesPerSecond: 5 };
    const { seconds, from } = estimateRun(config, slices, cpu, [measured, slower], 4);
    expect(from).toBe('same');
    // 8 epochs of 1,024 images, and a third of the price for each predicted one.
    expect(seconds).toBeCloseTo((8 * 1024 + (8 * 32 + 285) / 3) / 100, 6);
  });

  test('is reckoned by the operations of another network and size', () => {
    const large = { ...config, inputSize: 128 as const };
    const { imagesPerSecond, from } = estimateRun(large, slices, cpu, [measured], 4);
    expect(imagesPerSecond).toBeCloseTo(25, 9);
    expect(from).toBe('other');
  });

  test('without any run takes a table, and no run of another device', () => {
    const gpu = { ...measured, device: 'webgpu' as const };
    const { imagesPerSecond, from } = estimateRun(config, slices, cpu, [gpu], 4);
    expect(from).toBe('table');
    // The order of what README and the benches say of two threads: 80 to 140.
    expect(imagesPerSecond).toBeGreaterThan(60);
    expect(imagesPerSecond).toBeLessThan(200);
  });

  test('agrees with what is said of the networks', () => {
    const of = (network: string) => estimateRun({ ...config, network }, slices, cpu, [], 4);
    const [half, small, twice, deep, large, steady] = Object.values(NETWORK_META).map(({ key }) => of(key));
    expect(small.seconds / half.seconds).toBeCloseTo(8, 0);
    expect(twice.seconds / small.seconds).toBeCloseTo(2, 0);
    expect(twice.memoryBytes).toBeGreaterThan(small.memoryBytes);
    expect(deep.seconds).toBeGreaterThan(2 * small.seconds);
    for (const { seconds, memoryBytes } of [large, steady]) {
      expect(seconds).toBeGreaterThan(deep.seconds);
      expect(memoryBytes).toBeGreaterThan(deep.memoryBytes);
    }
    expect(steady.seconds / large.seconds).toBeCloseTo(1, 1);
    expect(steady.memoryBytes / large.memoryBytes).toBeCloseTo(1, 1);
  });

  test('counts parameters, activations and slices', () => {
    const memory = (changes: Partial<typeof config>, classes = 4) =>
      estimateRun({ ...config, ...changes }, slices, cpu, [], classes).memoryBytes;
    expect(memory({})).toBeGreaterThan(16 * 11_172_292);
    expect(memory({}, 64) - memory({})).toBe(16 * 60 * 513);
    expect(memory({ batch: 32 })).toBeGreaterThan(memory({}));
    expect(memory({ inputSize: 128 })).toBeGreaterThan(memory({}));
    // What one computation can have, and the cache of slices.
    expect(memory({ network: 'vgg16', inputSize: 224, batch: 1024 })).toBeLessThan(2 ** 32 + 2 ** 29);
  });
});

describe('compared runs', () => {
  const config = presetConfig('quick');
  const frozen = makeFrozen('a');

  test('show what differs between them, and nothing else', () => {
    const runs = [
      { config, frozen },
      { config: { ...config, augment: false, learningRate: 0.05 }, frozen },
    ];
    expect(differences(runs)).toEqual([
      { name: 'Learning rate', values: ['0.02', '0.05'] },
      { name: 'Augment', values: ['on', 'off'] },
    ]);
    expect(differences([runs[0], runs[0]])).toEqual([]);
  });

  test('of other data say so', () => {
    const other = { ...frozen, datasets: [{ ...frozen.datasets[0], fingerprint: 'x' }] };
    expect(differences([frozen, other, frozen, null].map((of) => ({ config, frozen: of })))).toEqual([
      { name: 'Data', values: ['data 1', 'data 2', 'data 1', 'not recorded'] },
    ]);
  });
});
