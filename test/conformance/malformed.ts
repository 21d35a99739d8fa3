/** Hostile, broken and odd files: each ends in slices or in a named skip, in time, and tells nothing of a patient. */
import type { SkipCode } from '../../src/core/skip.ts';
import { type Archive, readJson } from './archive.ts';
import { type Outcome, unnamed } from './outcome.ts';
import type { Failure } from './report.ts';
import { LIMITS, type Sandbox } from './sandbox.ts';

/** A file of the set that says what some of the others should end in. */
export const MARKER = 'synthetic/expected.json';

export type Expected = { canaries: string[]; files: { file: string; expect: string; why: string }[] };

/** Class of a rejection → codes that name it. A length that leads out of the file is "truncated" whatever it claims. */
const REJECTIONS: Readonly<Record<string, readonly SkipCode[]>> = {
  'not-dicom': ['not-an-image', 'empty', 'malformed', 'archive'],
  truncated: ['truncated'],
  parse: ['malformed', 'truncated'],
  'pixel-length': ['truncated', 'too-large'],
  'transfer-syntax': ['transfer-syntax'],
  nesting: ['too-large'],
  dimensions: ['malformed'],
  bits: ['pixel-layout'],
  samples: ['pixel-layout'],
  photometric: ['pixel-layout'],
  palette: ['pixel-layout'],
  nonfinite: ['blank'],
  decode: ['malformed', 'too-large'],
  'too-large': ['too-large'],
};

/** null where the outcome is the one that the set's list wants. Duplicates are recognised when they are stored. */
export function contradicts(outcome: Outcome, wanted: string): string | null {
  const { slices, skips } = outcome;
  const codes = skips.map(({ code }) => code);
  const got = `${slices} slices, ${codes.join() || 'no skip'}`;
  const [verdict, why] = wanted.split(':');
  const agrees = {
    reject: () => slices === 0 && codes.length > 0 && codes.every((code) => REJECTIONS[why].includes(code)),
    skip: () => slices === 0 && codes.join() === 'dicom-no-pixels',
    // Some of these have constant pixels.
    accept: () => slices + codes.length > 0 && codes.every((code) => code === 'blank'),
    duplicate: () => slices + codes.length > 0 && codes.every((code) => code === 'blank'),
    'accept-warn': () => slices + codes.length > 0,
  }[verdict];
  return agrees?.() ? null : got;
}

/** Which of the planted strings would be kept. */
export function leaks({ stored }: Outcome, canaries: readonly string[]): boolean {
  return canaries.some((canary) => stored.includes(canary));
}

/**
 * Every file of the set, one after the other, and after each a good one (`good`), which must decode. `onFile` is
 * told how many are done.
 */
export async function checkMalformed(
  archive: Archive,
  sandbox: Sandbox,
  good: Uint8Array,
  onFile: (done: number) => void = () => {},
): Promise<{ total: number; failures: Failure[]; slowestMs: number; largestBytes: number }> {
  const { canaries, files } = readJson<Expected>(archive, MARKER);
  const wanted = new Map(files.map(({ file, expect }) => [`synthetic/${file}`, expect]));
  const failures: Failure[] = [];
  let slowestMs = 0;
  let largestBytes = 0;
  for (const [done, file] of archive.paths.entries()) {
    const fail = (expected: string, got: string) => failures.push({ file, expected, got });
    const result = await sandbox.decode(archive.read(file));
    slowestMs = Math.max(slowestMs, result.ms);
    largestBytes = Math.max(largestBytes, result.grownBytes);
    const expect = wanted.get(file);
    if ('failed' in result) {
      fail('slices or a named skip', result.failed);
    } else {
      const nameless = unnamed(result.outcome);
      const other = expect ? contradicts(result.outcome, expect) : null;
      if (nameless) fail('slices or a named skip', nameless);
      else if (other) fail(expect as string, other);
      if (leaks(result.outcome, canaries)) fail('no planted patient string', 'one of them');
    }
    if (result.ms > LIMITS.ms) fail(`at most ${LIMITS.ms} ms`, `${result.ms} ms`);
    if (result.grownBytes > LIMITS.bytes) fail(`at most ${LIMITS.bytes} bytes`, String(result.grownBytes));
    const next = await sandbox.decode(good);
    if ('failed' in next || next.outcome.slices !== 1)
      fail('a good file after it decodes', JSON.stringify(next));
    onFile(done + 1);
  }
  // One entry a file, however much is wrong with it.
  const first = new Map(failures.toReversed().map((failure) => [failure.file, failure]));
  return { total: archive.paths.length, failures: [...first.values()].toReversed(), slowestMs, largestBytes };
}
