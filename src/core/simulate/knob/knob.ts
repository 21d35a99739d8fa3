/** A knob: a few stops; each stop sets part of a protocol. */

export type Value = string | number;

/** The positions by the keys of the knobs; omitted knobs have their usual position. */
export type Settings = Readonly<Record<string, Value>>;

export type Stop<Protocol> = { value: Value; label: string; sets: Partial<Protocol> };

export type Knob<Protocol> = {
  key: string;
  label: string;
  /** Unit of a number; '' for words and plain numbers. */
  unit: string;
  /** One sentence about its effect on the picture. */
  description: string;
  /** `slider`: the stops are numbers in order. */
  kind: 'slider' | 'choice';
  usual: Value;
  stops: readonly Stop<Protocol>[];
};

type Face = Pick<Knob<unknown>, 'key' | 'label' | 'description'>;

/** A knob over numbers. */
export function slider<Protocol>(
  face: Face & { unit: string; usual: number },
  values: readonly number[],
  sets: (value: number) => Partial<Protocol>,
): Knob<Protocol> {
  const stops = values.map((value) => ({ value, label: String(value), sets: sets(value) }));
  return { ...face, kind: 'slider', stops };
}

/** A knob over words. */
export function choice<Protocol>(
  face: Face & { usual: string },
  stops: readonly (readonly [value: string, label: string, sets: Partial<Protocol>])[],
): Knob<Protocol> {
  return {
    ...face,
    unit: '',
    kind: 'choice',
    stops: stops.map(([value, label, sets]) => ({ value, label, sets })),
  };
}
