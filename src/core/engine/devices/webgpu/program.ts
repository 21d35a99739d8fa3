/** A WGSL compute shader, with the frame shared by all of ours. */

import type * as tf from '../../tf.ts';

/** Constants of the code: small integers and flags that differ between layers, never the number of images. */
export type Constants = Record<string, number | boolean | string>;

export type ParamType = 'u32' | 'f32' | `array<vec4u, ${number}>`;

export type Source = {
  /** Values per dispatch, available as `params.name`; an array can only be the last. */
  params: Record<string, ParamType>;
  /**
   * Storage bindings, at most 8, with their WGSL types. All are `read_write`: inputs and outputs may lie in one
   * buffer, which WebGPU refuses to bind both ways at once.
   */
  storage: Record<string, string>;
  /** Threads of a workgroup, at most 256. */
  threads: number;
  /** Module-scope declarations. */
  declarations?: string;
  /** The entry function, with `group` (flat), `layer` (the grid's z) and `lane` (flat within the group). */
  body: string;
};

export type Program = {
  /** Its name and its constants. */
  name: string;
  code: string;
  /** Types of the uniform values, in order. */
  params: ParamType[];
  /** Number of storage bindings. */
  storage: number;
};

/** One dispatch of a program. */
export type Call = {
  program: Program;
  /** In the order of the program's storage bindings. */
  tensors: tf.TensorInfo[];
  /** In the order of the program's params. */
  params: (number | Uint32Array)[];
  /** Workgroups in x and y together, and layers in z. */
  groups: number;
  layers?: number;
  /** Floating-point operations; without it, the time is estimated from the bound bytes. */
  operations?: number;
  /** Requests its time; only on devices with `timestamp-query`. */
  timed?: ((ms: number) => void) | undefined;
};

/** The uniform values in the layout of the shader's struct. */
export function packParams(types: ParamType[], values: (number | Uint32Array)[]): Uint32Array<ArrayBuffer> {
  const words: number[] = [];
  values.forEach((value, i) => {
    if (typeof value === 'number') words.push(types[i] === 'f32' ? floatBits(value) : value);
    else {
      while (words.length % 4 !== 0) words.push(0);
      words.push(...value);
    }
  });
  return Uint32Array.from(words);
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

export function floatBits(value: number): number {
  float[0] = value;
  return bits[0];
}

/** WebGPU's `maxComputeWorkgroupsPerDimension`. */
const LARGEST_GRID = 65535;

/** A flat number of workgroups as a grid. */
export function grid(groups: number): [x: number, y: number] {
  return [Math.min(groups, LARGEST_GRID), Math.ceil(groups / LARGEST_GRID)];
}

const programs = new Map<string, Program>();

/** The program `name` for these constants, made once. `make` may depend on nothing else. */
export function program<C extends Constants>(
  name: string,
  constants: C,
  make: (constants: C) => Source,
): Program {
  const key = `${name} ${JSON.stringify(constants)}`;
  const known = programs.get(key);
  if (known) return known;
  const fresh = assemble(key, make(constants));
  programs.set(key, fresh);
  return fresh;
}

function assemble(key: string, { params, storage, threads, declarations = '', body }: Source): Program {
  const fields = Object.entries({ groups: 'u32' as const, ...params });
  const bindings = Object.entries(storage).map(
    ([name, type], i) => `@group(0) @binding(${i + 1}) var<storage, read_write> ${name}: ${type};`,
  );
  const code = `// ${key}
struct Params { ${fields.map(([name, type]) => `${name}: ${type}`).join(', ')} };
@group(0) @binding(0) var<uniform> params: Params;
${bindings.join('\n')}
${declarations}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id.x + id.y * ${LARGEST_GRID}u;
  let layer = id.z;
  if (group >= params.groups) { return; }
  ${body}
}
`;
  return { name: key, code, params: fields.map(([, type]) => type), storage: bindings.length };
}
