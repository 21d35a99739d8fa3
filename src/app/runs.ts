/** Stored runs as the page's rows, and new ones. */

import { NETWORK_META } from '../core/nn/meta.ts';
import type { RunConfig } from '../core/protocol.ts';
import type { RunRecord } from '../storage/port.ts';
import type { RunRow } from './state.ts';

/** @param live id of the run in progress: another that is stored as running was interrupted */
export function runRow(record: RunRecord, live: string | null): RunRow {
  const { id, config, createdMs, parameters, device, history, points, evaluation } = record;
  const { imagesPerSecond, firstPointSeconds, error } = record;
  const epochs = config.epochs === 0 ? 'loaded' : config.epochs === 1 ? '1 epoch' : `${config.epochs} epochs`;
  return {
    id,
    title: `${findLabel(config.network)} · ${config.size} · ${epochs}`,
    createdMs,
    config,
    status: record.status === 'running' && id !== live ? 'interrupted' : record.status,
    parameters,
    device,
    history,
    points,
    evaluation,
    imagesPerSecond,
    firstPointSeconds,
    error,
  };
}

export function newRun(project: string, config: RunConfig): RunRecord {
  return {
    id: crypto.randomUUID(),
    project,
    createdMs: Date.now(),
    config,
    status: 'running',
    parameters: null,
    device: null,
    history: [],
    points: [],
    evaluation: null,
    imagesPerSecond: null,
    firstPointSeconds: null,
    error: null,
  };
}

function findLabel(network: string): string {
  return Object.values(NETWORK_META).find(({ key }) => key === network)?.label ?? network;
}
