/**
 * Threads that are started after this is imported compile in the foreground. Node 20 ends a thread before what V8
 * compiles for it in the background is done, and now and then aborts on it: a run failed with every test passed.
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--no-concurrent-recompilation');
