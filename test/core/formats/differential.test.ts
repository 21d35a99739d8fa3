/**
 * Generated files of the whole product of properties, ours against other people's readers: read anew where those are
 * installed (Debian's python3-pydicom, -gdcm, -nibabel, -tifffile, -opencv, -pil, dcmtk), and against what they saw when
 * the golden file was made everywhere.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Case, difference, readCases, seen } from '../../harness/differential.ts';
import { explanationOf } from './explained.ts';

const FOLDER = fileURLToPath(new URL('../../golden/differential/', import.meta.url));
const PYTHON = '/usr/bin/python3';
const MODULES = 'cv2, gdcm, nibabel, numpy, pydicom, tifffile, PIL';

/** Those that differ from every reader, and how often each reader was agreed with. */
async function compare(cases: readonly Case[]) {
  const agreed: Record<string, number> = {};
  const failures: string[] = [];
  let [explained, unread] = [0, 0];
  for (const { name, file, reads } of cases) {
    const read = [...reads].flatMap(([reader, frames]) => (frames ? [{ reader, frames }] : []));
    if (read.length === 0) {
      unread++;
      continue;
    }
    const ours = await seen(file);
    const found = read.map(({ reader, frames }) => ({ reader, why: difference(ours, frames) }));
    for (const { reader, why } of found) {
      if (why === null) agreed[reader] = (agreed[reader] ?? 0) + 1;
      else if (
        explanationOf(
          name,
          reader,
          found.some((other) => other.why === null),
        )
      )
        explained++;
      else failures.push(`${name}: ${reader}: ${why}`);
    }
  }
  return { agreed, failures, explained, unread };
}

function tell(what: string, cases: readonly Case[], result: Awaited<ReturnType<typeof compare>>) {
  const readers = Object.entries(result.agreed).map(([reader, times]) => `${reader} ${times}`);
  console.info(
    `${what}: ${cases.length} files; equal to ${readers.join(', ')}; ${result.explained} differences explained, ` +
      `${result.unread} files that no reader reads`,
  );
}

describe('ours and other readers see the same picture, to half a level of 255', () => {
  test('in 3,000 files as they saw it when the golden file was made', async () => {
    const cases = readCases(readFileSync(join(FOLDER, 'cases.bin.gz')));
    const result = await compare(cases);
    tell('from goldens', cases, result);
    expect(result.failures).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(3000);
    // Readers that fail prove nothing.
    expect(result.unread).toBeLessThan(30);
    for (const reader of ['pydicom', 'gdcm', 'dcmtk', 'nibabel', 'tifffile', 'opencv', 'pillow', 'numpy'])
      expect(result.agreed[reader]).toBeGreaterThan(100);
  }, 240_000);

  const installed = spawnSync(PYTHON, ['-c', `import ${MODULES}`]).status === 0;
  if (!installed)
    console.info(`Readers are not installed (${PYTHON} with ${MODULES}): only goldens are compared.`);

  test.runIf(installed)(
    'in files of another seed, read by them now',
    async () => {
      const seed = Number(process.env.MODALITY_LAB_SEED ?? 20_261);
      // A fifth as many, few of them by dcmtk, which needs a process for each.
      const [count, byDcmtk] = [600, 25];
      const out = join(mkdtempSync(join(tmpdir(), 'differential-')), 'cases.bin.gz');
      const options = { '--count': count, '--dcmtk': byDcmtk, '--seed': seed };
      execFileSync(PYTHON, [join(FOLDER, 'make.py'), out, ...Object.entries(options).flat().map(String)], {
        stdio: ['ignore', 'ignore', 'ignore'],
        timeout: 200_000,
        killSignal: 'SIGKILL',
      });
      const cases = readCases(readFileSync(out));
      const result = await compare(cases);
      tell(`seed ${seed}, read now`, cases, result);
      expect(result.failures).toEqual([]);
      expect(cases.length).toBeGreaterThanOrEqual(count);
    },
    240_000,
  );
});
