/** Which slices a check for leaks is tried on: real ones, copies planted among them, and other bodies to fill up. */
import { type Random, random } from '../../src/core/random.ts';
import {
  anotherBody,
  asJpeg,
  cropped,
  flipped,
  inverted,
  resized,
  toned,
  windowed,
} from '../../test/builders/copies.ts';

/** A slice that stands in the data: `dataset` and `series` by number, `position` within the series. */
export type Real = { dataset: number; series: number; patient: string; position: number };

export type Sources = { slices: readonly Real[]; datasets: number; pixels(slice: number): Uint8Array };

/** How a copy was made. All but `cropped` count. */
export const PLANTED = ['nifti', 'jpeg', 'png', 'resized', 'inverted', 'gamma', 'cropped'] as const;
export type Planted = (typeof PLANTED)[number];

/** Copies in the dataset of their original: whole series stored a second time, and single slices as PNG and as JPEG. */
export const REPEATED = ['again', 'as PNG', 'as JPEG'] as const;
export type Repeated = (typeof REPEATED)[number];

/** One slice of the trial. Copies have one `picture`; `alternate`: of a series whose other slices are elsewhere. */
export type Slice = {
  dataset: string;
  series: string;
  patient: string;
  position: number;
  picture: string;
  kind: 'real' | Planted | Repeated | 'body' | 'alternate';
  render(): Uint8Array;
};

const STREAM = 0x706c616e;

export function planTrial(sources: Sources, count: number, seed: number): Slice[] {
  const draw = random(seed, STREAM);
  const series = seriesOf(sources);
  const slices = sources.slices.map((of, i) => realSlice(sources, of, i));
  const each = Math.max(20, Math.round(count / 100));
  for (const kind of PLANTED) slices.push(...plant(kind, sources, series, each, draw));
  slices.push(...alternates(sources, series, draw));
  for (const [at, kind] of REPEATED.entries()) {
    slices.push(...repeat(kind, sources, series, each, random(seed, STREAM + 4 + at)));
  }
  const volumeOf = new Map(series.flatMap((own) => own.map((i) => [i, own] as const)));
  for (let body = 0; slices.length < count; body++) {
    // By slices, so that volumes are as large a part as they are of the real ones.
    const own = volumeOf.get(draw.integer(sources.slices.length))!;
    slices.push(...bodyOf(own, sources, body, seed).slice(0, count - slices.length));
  }
  return slices;
}

function realSlice(sources: Sources, { dataset, series, patient, position }: Real, i: number): Slice {
  return {
    dataset: `real ${dataset}`,
    series: `real ${series}`,
    patient: `real ${patient}`,
    position,
    picture: `real ${i}`,
    kind: 'real',
    render: () => sources.pixels(i),
  };
}

/** The slices of each series, in its order. */
function seriesOf({ slices }: Sources): number[][] {
  const found = new Map<number, number[]>();
  slices.forEach(({ series }, i) => {
    const own = found.get(series);
    if (own) own.push(i);
    else found.set(series, [i]);
  });
  return [...found.values()].map((own) => own.sort((a, b) => slices[a].position - slices[b].position));
}

/** Whole series as NIfTI, single slices as anything else, in ten datasets a kind. */
function plant(
  kind: Planted,
  sources: Sources,
  series: readonly number[][],
  each: number,
  draw: Random,
): Slice[] {
  const planted: Slice[] = [];
  for (let n = 0; planted.length < each; n++) {
    const dataset = `${kind} ${n % 10}`;
    const volume = series[draw.integer(series.length)];
    const chosen = kind === 'nifti' ? volume : [volume[draw.integer(volume.length)]];
    const change = changeOf(kind, draw);
    chosen.forEach((i, position) => {
      const name = kind === 'nifti' ? `${kind} ${n}` : `${kind} ${n} ${position}`;
      planted.push({
        ...{ dataset, series: name, patient: name, position, kind, picture: `real ${i}` },
        render: () => change(sources.pixels(i)),
      });
    });
  }
  return planted;
}

function repeat(
  kind: Repeated,
  sources: Sources,
  series: readonly number[][],
  each: number,
  draw: Random,
): Slice[] {
  const repeated: Slice[] = [];
  const taken = new Set<number>();
  while (repeated.length < each) {
    const volume = series[draw.integer(series.length)];
    const chosen = kind === 'again' ? volume : [volume[draw.integer(volume.length)]];
    const [a, b] = [draw.uniform(), draw.uniform()];
    if (chosen.some((i) => taken.has(i))) continue;
    for (const [position, i] of chosen.entries()) {
      taken.add(i);
      const name = `${kind} ${kind === 'again' ? volume[0] : i}`;
      repeated.push({
        ...{ dataset: `real ${sources.slices[i].dataset}`, series: name, patient: name, position },
        ...{ kind, picture: `real ${i}` },
        render: () => {
          const pixels = sources.pixels(i);
          // Rounded once more, or in the window of a viewer.
          if (kind === 'again') return windowed(pixels, a * 2, 255 - b * 4);
          return kind === 'as PNG'
            ? windowed(pixels, a * 25, 255 - b * 40)
            : asJpeg(pixels, 224, 80 + 15 * a);
        },
      });
    }
  }
  return repeated;
}

function changeOf(kind: Planted, draw: Random): (pixels: Uint8Array) => Uint8Array {
  const symmetry = draw.integer(8);
  const [a, b, c] = [draw.uniform(), draw.uniform(), draw.uniform()];
  switch (kind) {
    // Rows run the other way, and real numbers are rounded once more.
    case 'nifti':
      return (pixels) => windowed(flipped(pixels, symmetry), a * 2, 255 - b * 4);
    case 'jpeg':
      return (pixels) => asJpeg(pixels, 8 * (12 + Math.floor(a * 16)), 50 + 40 * b);
    case 'png':
      return (pixels) => {
        const width = 60 + 140 * b;
        const centre = percentile(pixels, 0.3 + 0.4 * c);
        return windowed(
          flipped(pixels, 1 + (symmetry % 7)),
          Math.max(0, centre - width / 2),
          Math.min(255, centre + width / 2),
        );
      };
    case 'resized':
      return (pixels) => resized(pixels, 64 + Math.floor(a * 160));
    case 'inverted':
      return inverted;
    case 'gamma':
      return (pixels) => toned(pixels, (value) => 255 * (value / 255) ** Math.exp((a - 0.5) * 1.4));
    case 'cropped':
      return (pixels) => cropped(pixels, 2 + Math.floor(a * 7));
    default:
      return kind satisfies never;
  }
}

/** Of what is not nearly black. */
function percentile(pixels: Uint8Array, share: number): number {
  const body = pixels.filter((value) => value > 8).sort();
  return body.length > 0 ? body[Math.floor(share * (body.length - 1))] : 128;
}

/** Slices that are neighbours, not copies: every other slice of a volume of a new body, in two datasets. */
function alternates(sources: Sources, series: readonly number[][], draw: Random): Slice[] {
  const volumes = series.filter((own) => own.length >= 8);
  return Array.from(
    { length: Math.min(30, volumes.length) },
    () => volumes[draw.integer(volumes.length)],
  ).flatMap((own, n) => {
    const change = anotherBody(random(n, STREAM + 2));
    return own.map(
      (i, position): Slice => ({
        dataset: `alternate ${position % 2}`,
        series: `alternate ${n} ${position % 2}`,
        patient: `alternate ${n} ${position % 2}`,
        position,
        picture: `alternate ${n} ${i}`,
        kind: 'alternate',
        render: () => change(sources.pixels(i), random(i, STREAM + 3 + n)),
      }),
    );
  });
}

/** The series of another body, in one of forty datasets. */
function bodyOf(own: readonly number[], sources: Sources, body: number, seed: number): Slice[] {
  const change = once(() => anotherBody(random(seed + body, STREAM + 1)));
  return own.map((i, position) => ({
    dataset: `body ${body % 40}`,
    series: `body ${body}`,
    patient: `body ${body}`,
    position,
    picture: `body ${body} ${i}`,
    kind: 'body',
    render: () => change()(sources.pixels(i), random(body, i)),
  }));
}

/** Made when it is first needed, and forgotten by the next of its kind: a field of displacements is 400 kB. */
let kept: { make: unknown; value: unknown } | null = null;
function once<T>(make: () => T): () => T {
  return () => {
    if (kept?.make !== make) kept = { make, value: make() };
    return kept.value as T;
  };
}
