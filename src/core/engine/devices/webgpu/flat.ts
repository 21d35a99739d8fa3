/** Element-wise operations on flat arrays: one at a time, or many small ones in one dispatch. */
import { type Program, program } from './program.ts';
import { floats } from './wgsl.ts';

export type FlatOp = {
  name: string;
  inputs: string[];
  outputs: string[];
  /** Numbers, all f32. */
  params: string[];
  /** WGSL that declares every output from inputs and params; valid for scalars and vec4. */
  body: string;
  /** Inputs given up by the caller, one per output, that may be overwritten by the outputs. */
  overwrites?: string[];
};

export const FLAT_THREADS = 256;
/** Offsets of up to 6 operands, the length, and up to 3 params. */
export const ITEM_WORDS = 12;
export const MOST_ITEMS = 64;

export const COPY: FlatOp = {
  name: 'copy',
  inputs: ['x'],
  outputs: ['y'],
  params: [],
  body: 'let y = x;',
};

/** For arrays anywhere in memory, `width` elements per thread; `inPlace` writes over `op.overwrites`. */
export function flatProgram(op: FlatOp, width: 1 | 4, inPlace: boolean): Program {
  const targets = inPlace ? op.overwrites! : op.outputs;
  const names = [...new Set([...op.inputs, ...targets])];
  const type = floats(width);
  return program(`flat ${op.name}`, { width, inPlace }, () => ({
    params: { length: 'u32', ...Object.fromEntries(op.params.map((name) => [name, 'f32' as const])) },
    storage: Object.fromEntries(names.map((name) => [`${name}_all`, `array<${type}>`])),
    threads: FLAT_THREADS,
    body: `
  let i = group * ${FLAT_THREADS}u + lane;
  if (i >= params.length) { return; }
  ${op.params.map((name) => `let ${name} = params.${name};`).join(' ')}
  ${op.inputs.map((name) => `let ${name} = ${name}_all[i];`).join(' ')}
  ${op.body}
  ${op.outputs.map((name, o) => `${targets[o]}_all[i] = ${name};`).join(' ')}`,
  }));
}

/** For many sets of arrays in one buffer, one set per layer; `items` holds their positions (`flatItem`). */
export function mergedProgram(op: FlatOp): Program {
  const names = [...op.inputs, ...op.outputs];
  const word = (i: number) => `params.items[layer * ${ITEM_WORDS / 4}u + ${i >> 2}u][${i & 3}]`;
  return program(`merged ${op.name}`, {}, () => ({
    params: { items: `array<vec4u, ${(MOST_ITEMS * ITEM_WORDS) / 4}>` },
    storage: { all: 'array<f32>' },
    threads: FLAT_THREADS,
    body: `
  let i = group * ${FLAT_THREADS}u + lane;
  if (i >= ${word(names.length)}) { return; }
  ${op.params.map((name, p) => `let ${name} = bitcast<f32>(${word(names.length + 1 + p)});`).join(' ')}
  ${op.inputs.map((name, n) => `let ${name} = all[${word(n)} + i];`).join(' ')}
  ${op.body}
  ${op.outputs.map((name, n) => `all[${word(op.inputs.length + n)} + i] = ${name};`).join(' ')}`,
  }));
}
