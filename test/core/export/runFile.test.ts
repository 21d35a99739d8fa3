/** A run's manifest as a file: what comes back of one that this app wrote, and what is refused of any other. */
import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/core/errors.ts';
import { type RunFacts, runManifest } from '../../../src/core/export/manifest.ts';
import { readRunFile } from '../../../src/core/export/runFile.ts';
import { NETWORK_META } from '../../../src/core/nn/meta.ts';
import { PRESETS, presetConfig } from '../../../src/core/train/presets.ts';
import { PRESET_NAMES } from '../../../src/core/train/run.ts';
import { makeRunFacts } from '../../builders/runFacts.ts';

type Json = { [name: string]: unknown };

function written(facts: RunFacts = makeRunFacts()): string {
  return JSON.stringify(runManifest(facts));
}

/** A manifest with one value replaced; `path` as “config.batch”. */
function changed(path: string, value: unknown): string {
  const manifest = JSON.parse(written()) as Json;
  const names = path.split('.');
  const last = names.pop()!;
  const holder = names.reduce((at, name) => at[name] as Json, manifest);
  holder[last] = value;
  return JSON.stringify(manifest);
}

function refusal(content: string): LabError {
  try {
    readRunFile(content);
  } catch (error) {
    expect(error).toBeInstanceOf(LabError);
    return error as LabError;
  }
  throw new Error('It was read.');
}

describe('the record of a run', () => {
  test('comes back with every setting, figure and fingerprint', () => {
    const facts = makeRunFacts();
    const run = readRunFile(written(facts));
    expect(run).toMatchObject({
      config: facts.config,
      weights: facts.evaluated!.weights,
      contents: facts.evaluated!.contents,
      labelSet: facts.labelSet,
      preprocessing: facts.frozen!.options,
      device: { name: 'simd', adapter: null, threads: 2 },
      datasets: [
        { id: 'a', name: 'name of a', split: 'train', leftOut: { kinds: ['localizer'] } },
        { id: 't', name: 'name of t', split: 'test', leftOut: { kinds: [] } },
      ],
    });
    expect(run.evaluation.test).toMatchObject({ n: 2, metrics: facts.evaluation!.test!.metrics });
    expect(run.history[0]).toMatchObject({ epoch: 1, trainLoss: 0.1 + 0.2 });
  });

  test('is also found in a report', () => {
    const report = JSON.stringify({ version: 1, manifest: JSON.parse(written()) });
    expect(readRunFile(report)).toEqual(readRunFile(written()));
  });

  test.each(Object.values(NETWORK_META))('of $label is read', ({ key }) => {
    const config = { ...presetConfig('paper'), network: key };
    expect(readRunFile(written({ ...makeRunFacts(), config })).config.network).toBe(key);
  });

  test.each(PRESET_NAMES)('of the preset %s has settings that are read', (preset) => {
    const config = { ...presetConfig(preset), ...PRESETS[preset].config };
    expect(readRunFile(written({ ...makeRunFacts(), config })).config).toEqual(config);
  });

  test.each([
    ['config.batch', 1e9, '“config, batch”'],
    ['config.batch', '16', '“config, batch”'],
    ['config.network', '__proto__', '“config, network”'],
    ['config.network', 'baseline-tag', 'a baseline'],
    ['config.epochs', 0, '“config, epochs”'],
    ['config.rate', null, '“config, rate”'],
    ['config.schedule', { kind: 'triangle' }, '“config, schedule”'],
    ['config.fancy', true, 'fields that this version does not know'],
    ['config', undefined, '“config”'],
    ['labelSet.classes', [], 'label set'],
    ['device.name', 'quantum', '“device, name”'],
    ['datasets', {}, '“datasets”'],
    ['datasets', Array.from({ length: 10_001 }, () => ({})), '“datasets”'],
    ['status', 'stopped', '“status”'],
    ['evaluated.contents', null, 'which data'],
    ['evaluated.complete', false, 'which data'],
    ['evaluated.contents.order.train', 'x'.repeat(8), '8 hexadecimal digits'],
    ['evaluated.datasets', [{}], 'other data than it learned from'],
    ['evaluated.weights', '<b>', 'hexadecimal'],
    ['metrics.evaluation', [], '“metrics, evaluation”'],
    ['format', 'something', '“format”'],
  ])('with %s changed to %j is refused with the place of it', (path, value, words) => {
    const error = refusal(changed(path, value));
    expect(error.message).toContain(words);
    expect([error.code, error.outcome]).toEqual(['run-unusable', 'Nothing was trained.']);
    expect(error.next).not.toBe('');
  });

  test.each([
    '',
    'null',
    '[]',
    '7',
    '"manifest"',
    '{}',
    '{"manifest":{}}',
    '{"__proto__":{"format":"modality-lab-run"}}',
  ])('is not %s', (content) => {
    expect(refusal(content).code).toBe('run-unusable');
  });

  test('takes over nothing but what it knows, and quotes no value', () => {
    const hostile = '{"constructor":{"prototype":{"polluted":1}},';
    const run = readRunFile(written().replace('{', hostile)) as unknown as Json;
    expect(Object.hasOwn(run, 'constructor')).toBe(false);
    expect(({} as Json).polluted).toBeUndefined();
    expect(refusal(changed('app.commit', 'DOE^JANE'.repeat(40))).message).not.toContain('DOE');
  });
});
