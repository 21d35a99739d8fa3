/** A thread of the leak guard's trial: as workers/leakPart.ts, with a file in place of the database. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { createPartService, type PartService } from '../../src/core/leaks/part.ts';
import { type Endpoint, serve } from '../../src/core/rpc.ts';
import { shardReader } from './shardFile.ts';

const { path, port } = workerData as { path: string; port: MessagePort };

serve<PartService>(
  port as unknown as Endpoint,
  createPartService(shardReader(path), async () => {}),
);
