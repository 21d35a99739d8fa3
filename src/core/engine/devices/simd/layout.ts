/** Layout of the shared memory; wasm/control.ts has the same addresses. */

/** Job sequence number, incremented for each job. */
export const SEQUENCE = 1024;
/** Threads that have not finished the job. */
export const PENDING = 1088;
/** Compute threads that have started. */
export const READY = 1280;
/** Non-zero once a compute thread has failed. */
export const FAILED = 1344;
/** Arguments of the job's kernel, 32 bits each. */
export const ARGUMENTS = 2048;
export const ARGUMENT_COUNT = 64;
/** 64 KiB of zeros lie between the control block and the heap. */
export const ZERO_BYTES = 65536;
export const HEAP = 131072;

export const PAGE_BYTES = 65536;
/** wasm32 ends at 4 GiB. */
export const MAX_PAGES = 65536;
