/** Which slices of a drop are looked at, and when: a few of each series first, more where image and tag leave a doubt. */
import { GLANCE } from '../files/ask.ts';
import type { Place, Reader } from '../files/readFiles.ts';
import type { SliceBatch } from '../files/sliceBatch.ts';
import type { Skip } from '../skip.ts';
import { type Choosable, chooseSlices } from './chooseSlices.ts';
import type { SliceVerdict } from './verdict.ts';

/** A slice that can be looked at. */
export type Slot = Choosable & {
  slice: SliceVerdict;
  place: Place;
  state: 'unseen' | 'asked' | 'seen';
  file: SlotFile;
};

/** The file of slices; `left`: those that may have a picture. */
export type SlotFile = { dataset: string; left: number };

/** Series that got no file among so many taken since are looked at while others are still read. */
const QUIET_FILES = 192;
/** While files are read, how often it is asked whether there are such series. */
const ASK_FILES = 32;
/** Looks side by side, and files of a job: the slices of a series are decoded by several workers at once. */
const AT_ONCE = 2;
const TOGETHER = 3;

type Seen = {
  key: string;
  slots: Slot[];
  looked: number;
  /** Slices to look at next. */
  want: number;
  lastFile: number;
};

export type GlanceParts = {
  look: Reader['look'];
  /** How many more slices of a series are wanted, of those that are left. */
  more(key: string, looked: number, left: number): number;
  /** Takes the picture of a slice, at `index` of a batch. */
  picture(slot: Slot, slices: SliceBatch, index: number): Promise<void>;
  /** The slices that were asked for have come. */
  judge(): Promise<void>;
  /** A slice has no picture. */
  bad(key: string, slot: Slot, skips: readonly Skip[]): void;
  /** Ends the look of all others, too. */
  fail(error: unknown): void;
};

export type Glance = {
  add(key: string, slot: Slot): void;
  /** A file was read. */
  file(): void;
  /** All files are read. Resolves when every wanted slice was looked at. */
  end(): Promise<void>;
  /** Slices that are still to be looked at, as far as is known. */
  left(): number;
};

export function createGlance({ look, more, picture, judge, bad, fail }: GlanceParts): Glance {
  const series = new Map<string, Seen>();
  /** Of which nothing was looked at. */
  const fresh = new Set<Seen>();
  /** Once all files are read: series by how much was seen of them, the least first. */
  const stages: Seen[][] = [[], [], []];
  /** Being looked at now, and settled after that. */
  const looking = new Set<Seen>();
  let files = 0;
  let running = 0;
  let isRead = false;
  let failure: { error: unknown } | null = null;
  let over = () => {};

  function next(): Seen | null {
    if (isRead) return stages.find((stage) => stage.length > 0)?.shift() ?? null;
    for (const one of fresh) if (files - one.lastFile >= QUIET_FILES) return one;
    return null;
  }

  /** Those that are looked at together: many series have a single slice. */
  function some(): Seen[] {
    const taken: Seen[] = [];
    for (let slices = 0; slices < GLANCE; ) {
      const one = next();
      if (!one) break;
      fresh.delete(one);
      taken.push(one);
      looking.add(one);
      slices += one.want;
    }
    return taken;
  }

  function pump(): void {
    while (running < AT_ONCE && !failure) {
      const taken = some();
      if (taken.length === 0) break;
      running++;
      lookAt(taken)
        .catch((error: unknown) => {
          failure ??= { error };
          fail(error);
        })
        .finally(() => {
          running--;
          for (const one of taken) {
            looking.delete(one);
            settle(one);
          }
          pump();
        });
    }
    if (isRead && running === 0) over();
  }

  /** What is wanted of a series by now. */
  function settle(one: Seen): void {
    const left = one.slots.length - one.looked;
    one.want = left > 0 ? more(one.key, one.looked, left) : 0;
    if (!isRead || one.want === 0) return;
    stages[one.looked < GLANCE ? 0 : one.looked < 2 * GLANCE ? 1 : 2].push(one);
  }

  async function lookAt(taken: readonly Seen[]): Promise<void> {
    const asked = taken.flatMap((one) => {
      const unseen = one.slots.filter(({ state }) => state === 'unseen');
      return byFile(chooseSlices(unseen, one.want)).map((slots) => ({ one, slots }));
    });
    for (const { slots } of asked) for (const slot of slots) slot.state = 'asked';
    for (let at = 0; at < asked.length; at += TOGETHER * AT_ONCE) {
      const jobs = Array.from({ length: AT_ONCE }, (_, i) => at + i * TOGETHER);
      await Promise.all(jobs.map((from) => decode(asked.slice(from, from + TOGETHER))));
    }
    await judge();
  }

  async function decode(asked: readonly { one: Seen; slots: Slot[] }[]): Promise<void> {
    if (asked.length === 0) return;
    const places = asked.map(({ slots }) => ({
      place: slots[0].place,
      frames: slots.map(({ slice }) => slice.frame).sort((a, b) => a - b),
    }));
    let at = 0;
    let skips: Skip[] = [];
    for await (const slices of look(places)) {
      const { one, slots } = asked[at];
      skips.push(...slices.skips);
      for (let i = 0; i < slices.count; i++) {
        const slot = slots.find(({ slice, state }) => state === 'asked' && slice.frame === slices.frame[i]);
        if (!slot) continue;
        slot.state = 'seen';
        one.looked++;
        await picture(slot, slices, i);
      }
      if (!slices.done) continue;
      const without = slots.filter(({ state }) => state === 'asked');
      if (without.length > 0) one.slots = one.slots.filter((slot) => !without.includes(slot));
      for (const slot of without) bad(one.key, slot, skipsOf(skips, slot));
      at++;
      skips = [];
    }
  }

  return {
    add: (key, slot) => {
      let one = series.get(key);
      if (!one) {
        one = { key, slots: [], looked: 0, want: 0, lastFile: 0 };
        series.set(key, one);
        fresh.add(one);
      }
      one.slots.push(slot);
      one.lastFile = files;
      if (slot.state === 'seen') {
        one.looked++;
        fresh.delete(one);
      } else if (one.looked === 0) one.want = Math.min(GLANCE, one.slots.length);
    },
    file: () => {
      files++;
      if (files % ASK_FILES === 0) pump();
    },
    left: () => {
      let sum = 0;
      for (const { want } of series.values()) sum += want;
      return sum;
    },
    end: () =>
      new Promise((resolve, reject) => {
        over = () => (failure ? reject(failure.error) : resolve());
        isRead = true;
        for (const one of series.values()) if (!looking.has(one)) settle(one);
        pump();
      }),
  };
}

function byFile(slots: readonly Slot[]): Slot[][] {
  const files = new Map<string, Slot[]>();
  for (const slot of slots) files.set(slot.slice.path, [...(files.get(slot.slice.path) ?? []), slot]);
  return [...files.values()];
}

function skipsOf(skips: readonly Skip[], { slice }: Slot): Skip[] {
  const own = skips.filter(({ frame }) => frame === undefined || frame === slice.frame);
  return own.length > 0 ? own : [{ code: 'malformed' }];
}
