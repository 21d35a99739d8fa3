/** Pipelines, layouts and bind groups, each created once, in the first steps of a training. */
import { type ConstantTable, SET_BYTES } from './constants.ts';
import type { Program } from './program.ts';

/** A range of a buffer. */
export type Binding = { buffer: GPUBuffer; offset: number; size: number };

type Layout = { group: GPUBindGroupLayout; pipeline: GPUPipelineLayout };

/** Cache size, larger than the largest network needs in training; bind groups are cheap to recreate. */
const MOST_GROUPS = 8192;

export class Pipelines {
  readonly #device: GPUDevice;
  readonly #constants: ConstantTable;
  readonly #pipelines = new Map<Program, GPUComputePipeline>();
  /** By the number of storage bindings. */
  readonly #layouts = new Map<number, Layout>();
  readonly #groups = new Map<string, GPUBindGroup>();
  readonly #bufferIds = new WeakMap<GPUBuffer, number>();
  #nextId = 0;

  constructor(device: GPUDevice, constants: ConstantTable) {
    this.#device = device;
    this.#constants = constants;
  }

  pipeline(program: Program): GPUComputePipeline {
    let pipeline = this.#pipelines.get(program);
    if (!pipeline) {
      const label = program.name;
      const module = this.#device.createShaderModule({ code: program.code, label });
      const layout = this.#layout(program.storage).pipeline;
      pipeline = this.#device.createComputePipeline({ layout, compute: { module }, label });
      this.#pipelines.set(program, pipeline);
    }
    return pipeline;
  }

  bindGroup(bindings: Binding[]): GPUBindGroup {
    const key = bindings.map(({ buffer, offset, size }) => `${this.#id(buffer)} ${offset} ${size}`).join();
    let group = this.#groups.get(key);
    if (!group) {
      if (this.#groups.size >= MOST_GROUPS) this.#groups.clear();
      const constants = { buffer: this.#constants.buffer, size: SET_BYTES };
      group = this.#device.createBindGroup({
        layout: this.#layout(bindings.length).group,
        entries: [constants, ...bindings].map((resource, binding) => ({ binding, resource })),
      });
      this.#groups.set(key, group);
    }
    return group;
  }

  #layout(storage: number): Layout {
    let layout = this.#layouts.get(storage);
    if (!layout) {
      const constants: GPUBufferBindingLayout = { type: 'uniform', hasDynamicOffset: true };
      const group = this.#device.createBindGroupLayout({
        entries: Array.from({ length: storage + 1 }, (_, binding) => ({
          binding,
          visibility: GPUShaderStage.COMPUTE,
          buffer: binding === 0 ? constants : { type: 'storage' },
        })),
      });
      layout = { group, pipeline: this.#device.createPipelineLayout({ bindGroupLayouts: [group] }) };
      this.#layouts.set(storage, layout);
    }
    return layout;
  }

  #id(buffer: GPUBuffer): number {
    const known = this.#bufferIds.get(buffer);
    if (known !== undefined) return known;
    this.#bufferIds.set(buffer, this.#nextId);
    return this.#nextId++;
  }
}
