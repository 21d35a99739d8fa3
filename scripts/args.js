/** The command line of every script: one description of the options for reading, checks and --help. */
import { parseArgs } from 'node:util';

/**
 * The value of an option: text, a number, a list of either with commas between, or no value (a flag).
 * @typedef {'text' | 'number' | 'texts' | 'numbers' | 'flag'} Kind
 * @typedef {{
 *   type: Kind,
 *   about?: string,
 *   value?: string,
 *   default?: string | number | boolean | readonly string[] | readonly number[],
 *   choices?: readonly string[],
 *   whole?: boolean,
 *   least?: number,
 *   required?: boolean,
 * }} Option `value` is the placeholder in --help; `whole` and `least` bound numbers
 * @typedef {{ text: string, number: number, texts: string[], numbers: number[], flag: boolean }} Types
 */
/**
 * An option without a default that is not required can be undefined.
 * @template {Record<string, Option>} T
 * @typedef {{ [K in keyof T]: Types[T[K]['type']] |
 *   (T[K] extends { default: unknown } | { required: true } | { type: 'flag' } ? never : undefined) }} Values
 */

/** A wrong command line; the message is one sentence for the user. */
export class UsageError extends Error {}

/**
 * @template {Record<string, Option>} const T
 * @param {T} options
 * @param {readonly string[]} args
 * @param {readonly string[]} [operands] names of the arguments without dashes; all are required
 * @returns {{ values: Values<T>, operands: string[], help: boolean }}
 */
export function readArgs(options, args, operands = []) {
  /** @type {Record<string, unknown>} */
  const values = {};
  /** @type {string[]} */
  const found = [];
  let help = false;
  const known = Object.entries(options).map(([name, { type }]) => [
    name,
    { type: /** @type {'boolean' | 'string'} */ (type === 'flag' ? 'boolean' : 'string') },
  ]);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(known),
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') found.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const negated = /^no-(.+)$/.exec(name)?.[1] ?? '';
    if (Object.hasOwn(options, name) && rawName.startsWith('--')) {
      if (options[name].type === 'flag' && value !== undefined)
        throw new UsageError(`${rawName} takes no value.`);
      // A value with a leading dash counts as an option, unless it follows an equals sign.
      const missing = value === undefined || (!inlineValue && value.startsWith('-'));
      if (options[name].type !== 'flag' && missing) throw new UsageError(`${rawName} needs a value.`);
      values[name] = readValue(rawName, options[name], value ?? '');
    } else if (Object.hasOwn(options, negated) && options[negated].type === 'flag') values[negated] = false;
    else if (name === 'help') help = true;
    else throw new UsageError(`There is no option ${rawName}.`);
  }
  if (!help) {
    const absent = Object.keys(options).find((name) => options[name].required && !(name in values));
    if (absent) throw new UsageError(`--${absent} is missing.`);
    if (found.length < operands.length) throw new UsageError(`${operands[found.length]} is missing.`);
    if (found.length > operands.length)
      throw new UsageError(`“${found[operands.length]}” is one argument too many.`);
  }
  for (const [name, option] of Object.entries(options))
    values[name] ??= option.type === 'flag' ? (option.default ?? false) : option.default;
  return { values: /** @type {Values<T>} */ (values), operands: found, help };
}

/** @param {string} rawName @param {Option} option @param {string} text */
function readValue(rawName, option, text) {
  const { type, choices } = option;
  if (type === 'flag') return true;
  const parts = type === 'texts' || type === 'numbers' ? text.split(',').filter(Boolean) : [text];
  for (const part of parts) {
    if (choices && !choices.includes(part))
      throw new UsageError(`${rawName} is one of ${choices.join(', ')}, not “${part}”.`);
  }
  if (type === 'text') return text;
  if (type === 'texts') return parts;
  const numbers = parts.map((part) => readNumber(rawName, option, part));
  return type === 'number' ? numbers[0] : numbers;
}

/** @param {string} rawName @param {Option} option @param {string} text */
function readNumber(rawName, { whole = false, least = -Infinity }, text) {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const fits = Number.isFinite(number) && number >= least && (!whole || Number.isSafeInteger(number));
  if (fits) return number;
  const kind = whole ? 'a whole number' : 'a number';
  const bound = Number.isFinite(least) ? ` from ${least} on` : '';
  throw new UsageError(`${rawName} is ${kind}${bound}, not “${text}”.`);
}

/** A line for each option, with its value, its purpose and its default. @param {Record<string, Option>} options */
export function listOptions(options) {
  const rows = Object.entries(options).map(([name, option]) => {
    const shown = option.type === 'flag' ? (option.default === true ? `--no-${name}` : `--${name}`) : null;
    return [shown ?? `--${name} ${option.value ?? valueName(option)}`, aboutOf(option)];
  });
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
}

/** @param {Option} option */
function valueName({ type, choices }) {
  if (choices) return choices.join('|');
  return { text: 'TEXT', number: 'N', texts: 'A,B', numbers: 'N,N', flag: '' }[type];
}

/** @param {Option} option */
function aboutOf({ type, about = '', default: usual, required }) {
  if (required) return `${about} (required)`.trim();
  if (usual === undefined || usual === '' || type === 'flag') return about;
  return `${about} (default: ${usual})`.trim();
}

/**
 * Reads a command's options from this process's arguments. --help prints them; a wrong command line ends the process
 * with one sentence and the status 2.
 * @template {Record<string, Option>} const T
 * @param {{ usage: string, about: string, options: T, operands?: readonly string[] }} command
 * @param {readonly string[]} [args]
 * @returns {{ values: Values<T>, operands: string[] }}
 */
export function commandLine({ usage, about, options, operands = [] }, args = process.argv.slice(2)) {
  try {
    const read = readArgs(options, args, operands);
    if (!read.help) return read;
    console.log(
      `${[withDashes(usage), ...operands].join(' ')}: ${about}\n\n${listOptions(options)}`.trimEnd(),
    );
    process.exit(0);
  } catch (error) {
    return refuse(error, usage);
  }
}

/**
 * Ends the process after a wrong command line; rethrows other errors.
 * @param {unknown} error @param {string} usage @returns {never}
 */
export function refuse(error, usage) {
  if (!(error instanceof UsageError)) throw error;
  console.error(
    `${error.message} \`${usage}${usage.includes(' -- ') ? '' : ' --'} --help\` lists what there is.`,
  );
  process.exit(2);
}

/** npm reads options before the two dashes as its own. @param {string} usage */
function withDashes(usage) {
  return usage.startsWith('npm') && !usage.includes(' -- ') ? `${usage} --` : usage;
}
