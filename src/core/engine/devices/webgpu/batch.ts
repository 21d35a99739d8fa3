/**
 * Small element-wise calls, such as the updates of all scales and shifts, merged into one dispatch. It is recorded once
 * a result is needed; until then the inputs of the calls stay in place.
 */
import type { Block, Slab } from './arena.ts';
import { type FlatOp, ITEM_WORDS, MOST_ITEMS } from './flat.ts';
import { floatBits } from './program.ts';

export type FlatCall = {
  op: FlatOp;
  inputs: Block[];
  outputs: Block[];
  /** Elements per array. */
  length: number;
  params: number[];
};

export type Merged = { op: FlatOp; slab: Slab; items: Uint32Array; count: number; longest: number };

export class Batch {
  #calls: FlatCall[] = [];
  readonly #outputs = new Set<unknown>();
  #released: Block[] = [];

  get empty(): boolean {
    return this.#calls.length === 0;
  }

  /** Whether a call can join the queued ones. */
  accepts({ op, inputs, outputs }: FlatCall): boolean {
    const blocks = [...inputs, ...outputs];
    const [{ slab }] = this.#calls[0]?.inputs ?? blocks;
    if (!blocks.every((block) => block.tiny && block.slab === slab)) return false;
    if (inputs.some((block) => this.produces(block))) return false;
    return this.#calls.length < MOST_ITEMS && (this.empty || this.#calls[0].op === op);
  }

  add(call: FlatCall): void {
    this.#calls.push(call);
    for (const block of call.outputs) this.#outputs.add(block);
  }

  /** Whether a block is the result of a queued call. */
  produces(resource: unknown): boolean {
    return this.#outputs.has(resource);
  }

  /** Keeps a freed small block until the calls that may read it are recorded. */
  hold(block: Block): void {
    this.#released.push(block);
  }

  /** Returns the calls as one, and the blocks that may be reused afterwards. Empties the batch. */
  take(): { merged: Merged; released: Block[] } {
    const calls = this.#calls;
    const items = new Uint32Array(calls.length * ITEM_WORDS);
    calls.forEach(({ inputs, outputs, length, params }, i) => {
      const offsets = [...inputs, ...outputs].map(({ offset }) => offset / 4);
      items.set([...offsets, length, ...params.map(floatBits)], i * ITEM_WORDS);
    });
    const longest = Math.max(...calls.map(({ length }) => length));
    const merged = { op: calls[0].op, slab: calls[0].inputs[0].slab, items, count: calls.length, longest };
    const released = this.#released;
    this.#calls = [];
    this.#outputs.clear();
    this.#released = [];
    return { merged, released };
  }
}
