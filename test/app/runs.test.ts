/** Stored runs as the page calls them. */

import { describe, expect, test } from 'vitest';
import { BUILD } from '../../src/app/build.ts';
import { newRun, runRow, runRows } from '../../src/app/runs.ts';
import { baselineConfig } from '../../src/core/baselines/meta.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import { makeRun } from '../builders/storage.ts';

const record = (id: string, epochs: number, more = {}) => ({
  ...makeRun(id, 'p'),
  config: { ...presetConfig('quick'), epochs },
  ...more,
});

describe('a run', () => {
  test.each([
    [0, 'ResNet-18 · 64 · loaded'],
    [1, 'ResNet-18 · 64 · 1 epoch'],
    [8, 'ResNet-18 · 64 · 8 epochs'],
  ])('of %d epochs is called by its settings: %s', (epochs, title) => {
    expect(runRow(record('r', epochs), null)).toMatchObject({ title, name: null });
  });

  test('is called by its title where it has one, and an unknown network by its key', () => {
    expect(runRow(record('r', 8, { title: 'Mine' }), null)).toMatchObject({ title: 'Mine', name: 'Mine' });
    const later = { ...presetConfig('quick'), network: 'later' as never };
    expect(runRow({ ...record('r', 8), config: later }, null).title).toBe('later · 64 · 8 epochs');
  });

  test('of a baseline is called by what it is', () => {
    expect(runRow({ ...record('r', 0), config: baselineConfig('header') }, null).title).toBe(
      'Image size and format alone',
    );
  });

  test('that repeats another one is called by its settings and the corrections', () => {
    const again = (corrections: number) =>
      runRow(record('r', 8, { parent: { run: 'a', corrections } }), null).title;
    expect(again(1)).toBe('ResNet-18 · 64 · 8 epochs · 1 correction');
    expect(again(1200)).toBe('ResNet-18 · 64 · 8 epochs · 1,200 corrections');
  });

  test('is numbered where others are called as it is, in their order', () => {
    const rows = runRows([record('a', 8), record('b', 1), record('c', 8)], null);
    expect(rows.map(({ title }) => title.replace('ResNet-18 · 64 · ', ''))).toEqual([
      '8 epochs (1)',
      '1 epoch',
      '8 epochs (2)',
    ]);
  });

  test('that is stored as running was interrupted, unless it is the one that runs', () => {
    const records = ['a', 'b'].map((id) => record(id, 8, { status: 'running' }));
    expect(runRows(records, 'b').map(({ status }) => status)).toEqual(['interrupted', 'running']);
    expect(runRow(record('a', 8, { status: 'paused' }), null).status).toBe('paused');
  });

  test('begins with nothing, in a record that says what program and options made it', () => {
    const config = presetConfig('quick');
    const made = newRun('p', config, DEFAULT_SET, DEFAULT_OPTIONS, null);
    expect(made).toMatchObject({
      project: 'p',
      config,
      labelSet: DEFAULT_SET,
      status: 'running',
      frozen: { options: DEFAULT_OPTIONS },
    });
    expect(made.frozen!.app).toEqual(BUILD);
    expect(BUILD.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(made).toMatchObject({ saved: null, evaluation: null, history: [], points: [], error: null });
    expect(newRun('p', config, DEFAULT_SET, DEFAULT_OPTIONS, null).id).not.toBe(made.id);
    expect(runRow(made, made.id)).not.toHaveProperty('project');
  });
});
