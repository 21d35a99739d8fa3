/** Pictures of classified slices: small ones are in memory, sharper ones are read again from the dropped files. */
import { useEffect, useMemo } from 'react';
import { createReadAhead } from '../../app/label/readAhead.ts';
import type { InspectTarget } from '../../app/state.ts';
import type { SliceVerdict } from '../../core/classify/verdict.ts';
import { useActions } from '../context.ts';
import type { LargeSource } from '../label/OneView.tsx';
import type { SlicePictures } from '../label/useStacks.ts';
import { placeOf, type VerdictQueue } from './verdictQueue.ts';

/** 160 slices of 224×224 are 8 MB. */
const SHARP = { together: 2, kept: 160 };
/** More are not in sight at once. */
const MOST_WANTED = 80;

/** A slice and where it is; the verdict object stands for the file's slice for as long as it is shown. */
type Ref = { series: string; at: number; slice: SliceVerdict };

const numbers = new WeakMap<SliceVerdict, number>();
let next = 1;

/** Paths would be taken for the same in two drops. */
function keyOf({ slice }: Ref): string {
  const known = numbers.get(slice) ?? next++;
  numbers.set(slice, known);
  return String(known);
}

function targetOf({ series, at }: Ref): InspectTarget {
  return { kind: 'classified', series, at };
}

function refOf(queue: VerdictQueue, slice: number): Ref {
  const { item, at } = placeOf(queue, slice);
  return { series: queue.keys[item], at, slice: queue.slices[item][at] };
}

/** @param reading false while the files are read for another purpose */
export function useVerdictPictures(queue: VerdictQueue, reading: boolean): SlicePictures {
  const actions = useActions();
  const sharp = useMemo(
    () =>
      createReadAhead<Uint8Array, Ref>(
        (refs) => Promise.all(refs.map(async (ref) => (await actions.inspect(targetOf(ref))).slice)),
        { ...SHARP, keyOf },
      ),
    [actions],
  );
  useEffect(() => () => sharp.want([]), [sharp]);
  return useMemo(
    () => ({
      at: (slice) => {
        const ref = refOf(queue, slice);
        const found = sharp.at(ref);
        return found ?? ref.slice.thumbnail ?? found;
      },
      want: (slices) =>
        sharp.want(reading ? slices.slice(0, MOST_WANTED).map((slice) => refOf(queue, slice)) : []),
      subscribe: sharp.subscribe,
    }),
    [queue, sharp, reading],
  );
}

/** The frames of the dropped files, large. */
export function useVerdictOriginals(queue: VerdictQueue): LargeSource<Ref> {
  return useMemo(
    () => ({ refOf: (slice) => refOf(queue, slice), keyOf, targetOf, instead: 'small picture' }),
    [queue],
  );
}
