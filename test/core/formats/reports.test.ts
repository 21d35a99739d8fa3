/** What public bug reports of neighbouring tools describe: where another reader reads one right, so do we, or the table says why not. */

import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { isSkip } from '../../../src/core/skip.ts';

type Case = {
  /** Of the report: the tool's repository and number. */
  source: string;
  name: string;
  /** Deflated, in base64. */
  file: string;
  readers: Record<string, string>;
  /** The pixels, from 0 to 2550, as uint16, deflated, in base64. */
  frames: string[];
  /** Levels that a reader may be off. */
  allowed: number;
  explained?: string;
};

const HEAD = `# Public reports, and what becomes of them

What other readers and this one make of what public bug reports of neighbouring tools describe. \`make.py\` makes each
input anew; the reports' own files are not used. "right" is within a grey level of what was written (some more where a
stream is lossy or colours are rounded). gdcm applies no slope, look-up table or palette here. The table is made by
\`npx vitest run --project node test/core/formats/reports.test.ts -u\`.

| report | input | other readers | ours | noted or explained |
|---|---|---|---|---|`;

const cases = JSON.parse(
  readFileSync(new URL('../../golden/reports/reports.json', import.meta.url), 'utf8'),
) as Case[];

test.each(cases)('$source: $name', async (one) => {
  const { verdict } = await ours(one);
  if (one.explained) expect(verdict).not.toBe('right');
  else if (Object.values(one.readers).includes('right')) expect(verdict).toBe('right');
  else expect(verdict).not.toBe('wrong');
});

describe('the table', () => {
  test('of all reports is kept', async () => {
    const lines = [HEAD];
    for (const one of cases) {
      const { verdict, notes } = await ours(one);
      const theirs = Object.entries(one.readers).map(([reader, said]) => `${reader} ${said}`);
      const said = one.explained ?? notes.join(', ');
      lines.push(`| ${one.source} | ${one.name} | ${theirs.join(', ')} | ${verdict} | ${said} |`);
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../golden/reports/reports.md');
  });
});

async function ours({ file, frames, allowed }: Case): Promise<{ verdict: string; notes: readonly string[] }> {
  const decoded = await openFile(unpacked(file), {});
  if (isSkip(decoded)) return { verdict: `skipped: ${decoded.detail ?? decoded.code}`, notes: [] };
  let [got, right] = [0, true];
  for await (const frame of decoded.frames()) {
    if (isSkip(frame)) continue;
    const wanted = frames[got++];
    right &&=
      wanted !== undefined && isNear(levels(frame), new Uint16Array(unpacked(wanted).buffer), allowed);
  }
  const notes = [...decoded.facts.deviations, ...(decoded.left?.detail ? [decoded.left.detail] : [])];
  if (got === frames.length) return { verdict: right ? 'right' : 'wrong', notes };
  return { verdict: `${got} of ${frames.length} frames${right ? '' : ', wrong'}`, notes };
}

function unpacked(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(inflateSync(Buffer.from(text, 'base64')));
}

/** From 0 to 255, the brightest the highest; what is hidden or not finite is the darkest. */
function levels({ values, slope, padding }: Frame): number[] {
  const isSeen = (value: number) =>
    Number.isFinite(value) && !(padding && value >= padding.low && value <= padding.high);
  const bright = Array.from(values, (value) => (isSeen(value) ? value * Math.sign(slope) : Number.NaN));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of bright) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return bright.map((value) =>
    high > low && !Number.isNaN(value) ? ((value - low) / (high - low)) * 255 : 0,
  );
}

/** Expected levels are rounded to a tenth. */
function isNear(found: number[], wanted: Uint16Array, allowed: number): boolean {
  return (
    found.length === wanted.length &&
    found.every((level, i) => Math.abs(level - wanted[i] / 10) <= allowed + 0.05)
  );
}
