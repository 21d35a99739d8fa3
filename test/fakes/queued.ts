/** Runs in a queue, and many runs, for the Train page. */
import type { RunRow } from '../../src/app/state.ts';
import { NETWORK_META } from '../../src/core/nn/meta.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import { run } from './state.ts';

const NETWORKS = ['resnet18', 'resnet50', 'vgg16'] as const;

/** Waiting runs: two networks, and one that was interrupted. */
export function queuedRuns(): RunRow[] {
  return [1, 2, 3, 4].map((place) => {
    const network = NETWORKS[place % 3];
    const config = { ...presetConfig('quick', place), network };
    const waits = { history: [], points: [], evaluation: null, frozen: null };
    const queue = { place, tries: 0, from: null };
    const row = run(`q${place}`, { ...waits, config, queue, status: 'queued', tags: ['night'] });
    const title = `Night · ${NETWORK_META[network]?.label ?? network} · 64 · seed ${place}`;
    return place === 1
      ? { ...row, title, status: 'interrupted', saved: { epoch: 2, step: 30, steps: 64 } }
      : { ...row, title };
  });
}

/** Sixty runs with tags. */
export function manyRuns(): RunRow[] {
  return Array.from({ length: 60 }, (_, i) =>
    run(`m${i}`, {
      title: `Run ${i + 1} of the study`,
      createdMs: Date.UTC(2026, 10, 1, 0, i),
      config: { ...presetConfig('quick', i), network: NETWORKS[i % 3] },
      status: i % 10 === 9 ? 'failed' : 'finished',
      tags: i % 2 === 0 ? ['even'] : ['odd', 'pilot'],
      note: i === 7 ? 'the one with the best seed' : '',
    }),
  );
}
