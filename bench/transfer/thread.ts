/** A compute thread of the transfer benchmark's device. */
import { parentPort } from 'node:worker_threads';
import { runComputeThread } from '../../src/core/engine/devices/simd/threads.ts';

parentPort?.once('message', runComputeThread);
