/** Files beside the rules: where another reader reads one right, so do we, or the table says why not. */

import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Numbers } from '../../../src/core/bytes/numbers.ts';
import { openFile } from '../../../src/core/formats/decode.ts';
import { isSkip } from '../../../src/core/skip.ts';

type Case = {
  family: string;
  name: string;
  /** Deflated, in base64. */
  file: string;
  readers: Record<'gdcm' | 'dcmtk' | 'pydicom', string>;
  /** The pixels, from 0 to 255. */
  frames: number[][];
  /** Levels that a reader may be off. */
  allowed: number;
  explained?: string;
};

type Ours = { verdict: string; deviations: readonly string[] };

const HEAD = `# Files beside the rules

What gdcm 3.0, dcmtk 3.6, pydicom 2.3 and this reader make of each file of \`neighbours.json\`, which \`neighbours.py\` makes.
"right" is within a grey level of what was written (a few in colours). The table is made by
\`npx vitest run --project node test/core/formats/neighbours.test.ts -u\`.
`;

const cases = JSON.parse(
  readFileSync(new URL('../../golden/dicom/neighbours.json', import.meta.url), 'utf8'),
) as Case[];

test.each(cases)('$family: $name', async (one) => {
  const { verdict } = await ours(one);
  const theirs = Object.values(one.readers);
  if (one.explained) expect(verdict).toContain('skipped');
  else if (theirs.includes('right')) expect(verdict).toBe('right');
});

describe('the table', () => {
  test('of all readers is kept', async () => {
    const lines = [HEAD];
    let family = '';
    for (const one of cases) {
      if (one.family !== family) {
        family = one.family;
        lines.push(
          `\n## ${family}\n\n| file | gdcm | dcmtk | pydicom | ours | noted or explained |\n|---|---|---|---|---|---|`,
        );
      }
      const { gdcm, dcmtk, pydicom } = one.readers;
      const { verdict, deviations } = await ours(one);
      const said = one.explained ?? deviations.join(', ');
      lines.push(`| ${one.name} | ${gdcm} | ${dcmtk} | ${pydicom} | ${verdict} | ${said} |`);
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../golden/dicom/neighbours.md');
  });
});

async function ours({ file, frames, allowed }: Case): Promise<Ours> {
  const decoded = await openFile(new Uint8Array(inflateSync(Buffer.from(file, 'base64'))), {});
  if (isSkip(decoded)) return { verdict: `skipped: ${decoded.detail ?? decoded.code}`, deviations: [] };
  let [got, right] = [0, true];
  for await (const frame of decoded.frames()) {
    if (isSkip(frame)) continue;
    const wanted = frames[got++];
    right &&= wanted !== undefined && isNear(levels(frame.values, frame.slope), wanted, allowed);
  }
  const { deviations } = decoded.facts;
  if (got === frames.length) return { verdict: right ? 'right' : 'wrong', deviations };
  return { verdict: `${got} of ${frames.length} frames${right ? '' : ', wrong'}`, deviations };
}

/** From 0 to 255, the brightest the highest. */
function levels(values: Numbers, slope: number): number[] {
  const bright = Array.from(values, (value) => value * Math.sign(slope));
  const [low, high] = [Math.min(...bright), Math.max(...bright)];
  return bright.map((value) => (high > low ? ((value - low) / (high - low)) * 255 : 0));
}

/** Expected levels are rounded to a tenth. */
function isNear(found: number[], wanted: number[], allowed: number): boolean {
  return (
    found.length === wanted.length && found.every((level, i) => Math.abs(level - wanted[i]) <= allowed + 0.05)
  );
}
