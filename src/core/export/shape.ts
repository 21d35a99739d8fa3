/** Checks of parsed JSON from anybody: each returns the value with its type, or throws a fault that names the field. */

/** `at` is the place in the file, by names of fields and numbers, never a value of it. */
export class ShapeFault extends Error {}

export type Shape<T> = (value: unknown, at: string) => T;

export type Shaped<S> = S extends Shape<infer T> ? T : never;

export function text(most: number): Shape<string> {
  return (value, at) =>
    typeof value === 'string' && value.length <= most
      ? value
      : fault(at, `a text of at most ${most} characters`);
}

export function number(least = -Number.MAX_VALUE, most = Number.MAX_VALUE): Shape<number> {
  return (value, at) =>
    typeof value === 'number' && value >= least && value <= most
      ? value
      : fault(at, `a number from ${least} to ${most}`);
}

export function whole(least: number, most: number): Shape<number> {
  const within = number(least, most);
  return (value, at) =>
    Number.isInteger(within(value, at)) ? (value as number) : fault(at, 'a whole number');
}

export const yesOrNo: Shape<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : fault(at, 'true or false');

export function oneOf<const T extends string | number>(...values: readonly T[]): Shape<T> {
  return (value, at) => values.find((one) => one === value) ?? fault(at, `one of ${values.join(', ')}`);
}

export function matching(pattern: RegExp, words: string): Shape<string> {
  return (value, at) => (typeof value === 'string' && pattern.test(value) ? value : fault(at, words));
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => (value === null || value === undefined ? null : shape(value, at));
}

/** What a field may lack. */
export function maybe<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, at) => (value === undefined ? undefined : shape(value, at));
}

export function list<T>(shape: Shape<T>, most: number): Shape<T[]> {
  return (value, at) =>
    Array.isArray(value) && value.length <= most
      ? value.map((one, i) => shape(one, `${at} ${i + 1}`))
      : fault(at, `a list of at most ${most}`);
}

/** Any keys, which have at most 100 characters; `__proto__` is an ordinary one. */
export function record<T>(shape: Shape<T>, most: number): Shape<Record<string, T>> {
  return (value, at) => {
    const entries = Object.entries(fieldsOf(value, at));
    if (entries.length > most || entries.some(([key]) => key.length > 100)) return fault(at, 'smaller');
    return Object.fromEntries(entries.map(([key, one], i) => [key, shape(one, `${at}, entry ${i + 1}`)]));
  };
}

/**
 * Only the fields that are named.
 * @param exact refuses others, whose meaning would be lost
 */
export function object<Fields extends Readonly<Record<string, Shape<unknown>>>>(
  fields: Fields,
  exact = false,
): Shape<{ [Name in keyof Fields]: Shaped<Fields[Name]> }> {
  return (value, at) => {
    const given = fieldsOf(value, at);
    if (exact && Object.keys(given).some((name) => !Object.hasOwn(fields, name)))
      return fault(at, 'without fields that this version does not know');
    const read = Object.entries(fields).map(([name, shape]) => [
      name,
      shape(Object.hasOwn(given, name) ? given[name] : undefined, at === '' ? name : `${at}, ${name}`),
    ]);
    return Object.fromEntries(read.filter(([, one]) => one !== undefined)) as {
      [Name in keyof Fields]: Shaped<Fields[Name]>;
    };
  };
}

export function fault(at: string, words: string): never {
  throw new ShapeFault(`${at === '' ? 'The file' : `“${at}”`} is not ${words}.`);
}

function fieldsOf(value: unknown, at: string): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : fault(at, 'an object');
}
