/**
 * A graphics processor that computes nothing and counts everything, so that budgets can be checked at sizes no test
 * machine could compute. It enforces the rules of WebGPU that depend on sizes and on who shares a buffer; the code
 * of kernels is checked by running it elsewhere. Reads give zeros.
 */

export type Counts = {
  dispatches: number;
  submits: number;
  /** Bytes from the processor to the device. */
  uploadedBytes: number;
  /** Bytes of all ranges bound to dispatches: the least that has to move. */
  boundBytes: number;
  liveBytes: number;
  peakBytes: number;
  /** Objects made, by kind. */
  buffers: number;
  shaderModules: number;
  pipelines: number;
  layouts: number;
  bindGroups: number;
};

const LIMITS = {
  maxBufferSize: 2 ** 31,
  maxStorageBufferBindingSize: 2 ** 31 - 4,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupsPerDimension: 65535,
  maxStorageBuffersPerShaderStage: 8,
  maxUniformBufferBindingSize: 65536,
};

type Access = 'uniform' | 'storage' | 'read-only-storage';
type Range = { buffer: MockBuffer; offset: number; size: number };

class MockBuffer {
  readonly size: number;
  readonly usage: number;
  mapState: 'mapped' | 'unmapped';
  destroyed = false;
  readonly #counts: Counts;

  constructor(counts: Counts, { size, usage, mappedAtCreation = false }: GPUBufferDescriptor) {
    this.#counts = counts;
    this.size = size;
    this.usage = usage;
    this.mapState = mappedAtCreation ? 'mapped' : 'unmapped';
    if (mappedAtCreation) counts.uploadedBytes += size;
    counts.buffers++;
    counts.liveBytes += size;
    counts.peakBytes = Math.max(counts.peakBytes, counts.liveBytes);
  }

  destroy(): void {
    if (!this.destroyed) this.#counts.liveBytes -= this.size;
    this.destroyed = true;
  }

  async mapAsync(): Promise<void> {
    this.mapState = 'mapped';
  }

  getMappedRange(): ArrayBuffer {
    return new ArrayBuffer(this.size);
  }

  unmap(): void {
    this.mapState = 'unmapped';
  }
}

class MockTexture {}

/** The classes and constants that code expects to be global. */
export const MOCK_GLOBALS = {
  GPUBuffer: MockBuffer,
  GPUTexture: MockTexture,
  GPUOutOfMemoryError: class {},
  GPUBufferUsage: {
    MAP_READ: 1,
    MAP_WRITE: 2,
    COPY_SRC: 4,
    COPY_DST: 8,
    INDEX: 16,
    VERTEX: 32,
    UNIFORM: 64,
    STORAGE: 128,
    INDIRECT: 256,
    QUERY_RESOLVE: 512,
  },
  GPUMapMode: { READ: 1, WRITE: 2 },
  GPUShaderStage: { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 },
};

function demand(condition: boolean, rule: string): void {
  if (!condition) throw new Error(`WebGPU forbids this: ${rule}`);
}

/** How a shader's code accesses each binding. */
function accessesOf(code: string): Access[] {
  const accesses: Access[] = [];
  for (const [, binding, kind] of code.matchAll(/@binding\((\d+)\)\s*var<([^>]*)>/g)) {
    const storage = /read_write/.test(kind) ? 'storage' : 'read-only-storage';
    accesses[Number(binding)] = kind.startsWith('uniform') ? 'uniform' : storage;
  }
  return accesses;
}

function checkShader(code: string): void {
  const [, threads] = code.match(/@workgroup_size\(([^)]*)\)/) ?? [];
  const sizes = (threads ?? '').split(',').map((side) => Number(side) || 1);
  const invocations = sizes.reduce((product, side) => product * side, 1);
  demand(invocations <= LIMITS.maxComputeInvocationsPerWorkgroup, 'too many threads in a workgroup');
  let bytes = 0;
  for (const [, type, length] of code.matchAll(/var<workgroup> \w+: array<(\w+), (\d+)>/g)) {
    const wide = type === 'vec4f' || (type === 'T' && code.includes('alias T = vec4f'));
    bytes += Number(length) * (wide ? 16 : 4);
  }
  demand(bytes <= LIMITS.maxComputeWorkgroupStorageSize, `${bytes} bytes of workgroup memory`);
}

type MockPipeline = { accesses: Access[]; getBindGroupLayout(): { accesses: Access[] } };
type MockBindGroup = { ranges: Range[]; accesses: Access[] };

/** Ranges of one dispatch: a buffer is either written or only read, and no writable range overlaps another. */
function checkBindings({ ranges, accesses }: MockBindGroup): void {
  ranges.forEach((range, i) => {
    ranges.slice(0, i).forEach((other, j) => {
      if (range.buffer !== other.buffer) return;
      demand(accesses[i] === accesses[j], 'one buffer is bound for reading and for writing');
      const apart = range.offset >= other.offset + other.size || other.offset >= range.offset + range.size;
      demand(apart || accesses[i] !== 'storage', 'writable bindings overlap');
    });
  });
}

/** A processor and its counts, which a test may set back to zero at any time. */
export function createMockGpu(info: Partial<GPUAdapterInfo> = {}): { gpu: GPU; counts: Counts } {
  const counts: Counts = {
    dispatches: 0,
    submits: 0,
    uploadedBytes: 0,
    boundBytes: 0,
    liveBytes: 0,
    peakBytes: 0,
    buffers: 0,
    shaderModules: 0,
    pipelines: 0,
    layouts: 0,
    bindGroups: 0,
  };

  const encoder = () => {
    const used = new Set<MockBuffer>();
    let pipeline: MockPipeline | null = null;
    let group: MockBindGroup | null = null;
    return {
      used,
      beginComputePass: () => ({
        setPipeline(next: MockPipeline) {
          pipeline = next;
        },
        setBindGroup(_: number, next: MockBindGroup) {
          group = next;
        },
        dispatchWorkgroups(...grid: number[]) {
          demand(
            grid.every((side) => side >= 1 && side <= LIMITS.maxComputeWorkgroupsPerDimension),
            'the grid',
          );
          demand(pipeline!.accesses.length === group!.ranges.length, 'bindings missing');
          checkBindings(group!);
          counts.dispatches++;
          group!.ranges.forEach(({ buffer, size }, i) => {
            used.add(buffer);
            if (group!.accesses[i] !== 'uniform') counts.boundBytes += size;
          });
        },
        end() {},
      }),
      copyBufferToBuffer(source: MockBuffer, from: number, target: MockBuffer, to: number, size: number) {
        demand(source !== target, 'a copy within one buffer');
        demand(from + size <= source.size && to + size <= target.size, 'a copy beyond the end');
        used.add(source).add(target);
      },
      finish: () => ({ used }),
    };
  };

  const queue = {
    writeBuffer(
      buffer: MockBuffer,
      offset: number,
      data: ArrayBufferView | ArrayBuffer,
      from = 0,
      size?: number,
    ) {
      const bytes = size ?? data.byteLength - from;
      demand(offset % 4 === 0 && bytes % 4 === 0 && offset + bytes <= buffer.size, 'a write beyond the end');
      counts.uploadedBytes += bytes;
    },
    submit(commands: { used: Set<MockBuffer> }[]) {
      counts.submits++;
      for (const { used } of commands) {
        for (const buffer of used) demand(!buffer.destroyed, 'a destroyed buffer is used');
      }
    },
    async onSubmittedWorkDone() {},
  };

  const device = {
    limits: LIMITS,
    features: new Set(),
    queue,
    lost: new Promise(() => {}),
    addEventListener() {},
    destroy() {},
    createBuffer(descriptor: GPUBufferDescriptor) {
      demand(descriptor.size <= LIMITS.maxBufferSize, 'a buffer too large');
      return new MockBuffer(counts, descriptor);
    },
    createShaderModule({ code }: GPUShaderModuleDescriptor) {
      counts.shaderModules++;
      checkShader(code);
      return { code };
    },
    createBindGroupLayout({ entries }: GPUBindGroupLayoutDescriptor) {
      counts.layouts++;
      const accesses = [...entries].map(({ buffer }) => buffer!.type as Access);
      const storage = accesses.filter((access) => access !== 'uniform').length;
      demand(storage <= LIMITS.maxStorageBuffersPerShaderStage, 'too many storage buffers');
      return { accesses };
    },
    createPipelineLayout({ bindGroupLayouts }: { bindGroupLayouts: { accesses: Access[] }[] }) {
      counts.layouts++;
      return bindGroupLayouts[0];
    },
    createComputePipeline(descriptor: GPUComputePipelineDescriptor): MockPipeline {
      counts.pipelines++;
      const { code } = descriptor.compute.module as unknown as { code: string };
      const layout = descriptor.layout as unknown as 'auto' | { accesses: Access[] };
      const accesses = layout === 'auto' ? accessesOf(code) : layout.accesses;
      return { accesses, getBindGroupLayout: () => ({ accesses }) };
    },
    createBindGroup({ layout, entries }: GPUBindGroupDescriptor): MockBindGroup {
      counts.bindGroups++;
      const { accesses } = layout as unknown as { accesses: Access[] };
      const ranges = [...entries].map(({ resource }) => {
        const { buffer, offset = 0, size } = resource as unknown as Partial<Range>;
        return { buffer: buffer!, offset, size: size ?? buffer!.size - offset };
      });
      ranges.forEach(({ buffer, offset, size }, i) => {
        const uniform = accesses[i] === 'uniform';
        const largest = uniform ? LIMITS.maxUniformBufferBindingSize : LIMITS.maxStorageBufferBindingSize;
        demand(
          offset % 256 === 0 && size % 4 === 0 && offset + size <= buffer.size,
          'a binding off its buffer',
        );
        demand(size <= largest, 'a binding too large');
      });
      return { ranges, accesses };
    },
    createCommandEncoder: encoder,
  };

  const adapter = {
    limits: LIMITS,
    features: new Set(),
    info: { vendor: 'mock', architecture: '', device: '', description: '', ...info },
    requestDevice: async () => device,
  };
  return { gpu: { requestAdapter: async () => adapter } as unknown as GPU, counts };
}
