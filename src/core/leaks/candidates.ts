/** The slices whose signatures come nearest to one slice's: some of other datasets, and some of other series of its own. */
import type { Cells } from './cells.ts';
import type { Pictures } from './pictures.ts';
import { signatureDistance, WORDS } from './signature.ts';

/** Of other datasets, and of its own: there the next slices of one volume, stored each as a file, would crowd out all else. */
const MOST_ELSEWHERE = 128;
const MOST_WITHIN = 32;
/** The most bits in which a copy's signature was seen to differ. */
const MOST_BITS = 22;

/** The nearest first. */
type List = { count: number; slices: Uint32Array; bits: Uint8Array };

export type Candidates = { elsewhere: List; within: List };

export function createCandidates(): Candidates {
  return { elsewhere: createList(MOST_ELSEWHERE), within: createList(MOST_WITHIN) };
}

function createList(most: number): List {
  return { count: 0, slices: new Uint32Array(most), bits: new Uint8Array(most) };
}

export function findCandidates(
  slice: number,
  { signs, dataset, seriesOf }: Pick<Pictures, 'signs' | 'dataset' | 'seriesOf'>,
  { probes, nearest, start, members }: Cells,
  { elsewhere, within }: Candidates,
): void {
  elsewhere.count = 0;
  within.count = 0;
  const own = dataset[slice];
  const series = seriesOf[slice];
  const at = slice * WORDS;
  for (let probe = 0; probe < probes; probe++) {
    const cell = nearest[slice * probes + probe];
    for (let i = start[cell]; i < start[cell + 1]; i++) {
      const other = members[i];
      if (seriesOf[other] === series) continue;
      insert(dataset[other] === own ? within : elsewhere, other, signatureDistance(signs, at, other * WORDS));
    }
  }
}

function insert(found: List, slice: number, bits: number): void {
  const most = found.slices.length;
  if (bits > MOST_BITS || (found.count === most && bits >= found.bits[most - 1])) return;
  let place = found.count < most ? found.count++ : most - 1;
  for (; place > 0 && found.bits[place - 1] > bits; place--) {
    found.bits[place] = found.bits[place - 1];
    found.slices[place] = found.slices[place - 1];
  }
  found.bits[place] = bits;
  found.slices[place] = slice;
}
