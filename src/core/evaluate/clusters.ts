/** Slices of one patient, or of one series, are not independent: they are a cluster. */
import { LEAST_CLUSTERS } from './resample.ts';

/** By slice: numbers that tell series, and patients, apart. */
export type Subjects = { series: Uint32Array; patient: Uint32Array };

/** `of`, by slice of those asked for: the number of its cluster, from 0 to `count` − 1. */
export type Clusters = { by: 'patient' | 'series'; of: Uint32Array; count: number };

/** By patient where there are enough of them, else by series. @param slices all without */
export function clustersOf({ patient, series }: Subjects, slices?: ArrayLike<number>): Clusters {
  const patients = numbered(patient, slices);
  if (patients.count >= LEAST_CLUSTERS) return { by: 'patient', ...patients };
  return { by: 'series', ...numbered(series, slices) };
}

/** How many series and patients there are among slices. */
export function countSubjects({ patient, series }: Subjects, slices?: ArrayLike<number>) {
  return { series: numbered(series, slices).count, patients: numbered(patient, slices).count };
}

function numbered(names: Uint32Array, slices?: ArrayLike<number>): { of: Uint32Array; count: number } {
  const numbers = new Map<number, number>();
  const of = new Uint32Array(slices ? slices.length : names.length);
  for (let i = 0; i < of.length; i++) {
    const name = names[slices ? slices[i] : i];
    let number = numbers.get(name);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(name, number);
    }
    of[i] = number;
  }
  return { of, count: numbers.size };
}
