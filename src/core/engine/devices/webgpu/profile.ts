/** Times dispatches on the graphics processor itself, if it has `timestamp-query`. */

/** Two queries per dispatch; 4096 is WebGPU's largest set. */
const MOST_DISPATCHES = 2048;

export type ProgramTime = { dispatches: number; ms: number; operations: number };

type Call = { name: string; operations: number; timed?: ((ms: number) => void) | undefined };

export class Profile {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;
  #calls: Call[] = [];
  #reading = false;

  constructor(device: GPUDevice) {
    const size = MOST_DISPATCHES * 16;
    this.#device = device;
    this.#queries = device.createQuerySet({ type: 'timestamp', count: 2 * MOST_DISPATCHES });
    this.#resolved = device.createBuffer({
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.#staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  }

  /** The timestamp writes of the next dispatch's pass; none once the set is full. */
  pass(call: Call): GPUComputePassDescriptor {
    const at = 2 * this.#calls.length;
    if (this.#calls.length === MOST_DISPATCHES) return {};
    this.#calls.push(call);
    return {
      timestampWrites: {
        querySet: this.#queries,
        beginningOfPassWriteIndex: at,
        endOfPassWriteIndex: at + 1,
      },
    };
  }

  /** Times of all dispatches since the last call, which must have been submitted, by program. */
  async take(): Promise<Map<string, ProgramTime>> {
    const calls = this.#calls;
    this.#calls = [];
    const times = new Map<string, ProgramTime>();
    if (calls.length === 0) return times;
    this.#reading = true;
    const encoder = this.#device.createCommandEncoder();
    encoder.resolveQuerySet(this.#queries, 0, 2 * calls.length, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, 16 * calls.length);
    this.#device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ, 0, 16 * calls.length);
    const stamps = new BigUint64Array(this.#staging.getMappedRange(0, 16 * calls.length).slice(0));
    this.#staging.unmap();
    this.#reading = false;
    calls.forEach(({ name, operations, timed }, i) => {
      const time = times.get(name) ?? { dispatches: 0, ms: 0, operations: 0 };
      time.dispatches++;
      const ms = Number(stamps[2 * i + 1] - stamps[2 * i]) / 1e6;
      timed?.(ms);
      time.ms += ms;
      time.operations += operations;
      times.set(name, time);
    });
    return times;
  }

  /** Whether there are times to take, and no take is pending. */
  get waiting(): boolean {
    return this.#calls.length > 0 && !this.#reading;
  }

  dispose(): void {
    this.#queries.destroy();
    this.#resolved.destroy();
    this.#staging.destroy();
  }
}
