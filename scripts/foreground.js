/**
 * Threads that start after this import compile in the foreground. Node 20 ends a thread before V8 has finished its
 * background compilation, and sometimes aborts because of it: a run failed although every test passed.
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--no-concurrent-recompilation');
