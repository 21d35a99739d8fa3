/** Hostile, broken and odd files end in slices or in named skips, and tell nothing of a patient. */
import { describe, expect, test } from 'vitest';
import { bundleChecks } from '../../scripts/bundle.js';
import { describeShared } from '../harness/describeShared.ts';
import { sharedPath } from '../harness/shared.ts';
import { openArchive, readJson } from './archive.ts';
import { goodFile } from './commands.ts';
import { checkMalformed, contradicts, type Expected, leaks, MARKER } from './malformed.ts';
import { outcomeOf } from './outcome.ts';
import { openSandbox } from './sandbox.ts';

const archive = openArchive(sharedPath('malformed.zip'), MARKER);
const { canaries, files } = archive ? readJson<Expected>(archive, MARKER) : { canaries: [], files: [] };

describeShared('malformed.zip', archive)('a file that is known to be', () => {
  test.each(files)('$file: $why', async ({ file, expect: wanted }) => {
    const outcome = await outcomeOf(archive!.read(`synthetic/${file}`));
    expect(contradicts(outcome, wanted)).toBeNull();
    expect(leaks(outcome, canaries)).toBe(false);
  });

  test('planted with patient strings is searched by a control that finds them', async () => {
    const planted = archive!.paths.find((path) => path.includes('phi_canary') && path.endsWith('_0.dcm'));
    const { identity } = await outcomeOf(archive!.read(planted as string));
    expect(leaks({ stored: identity, identity, slices: 0, skips: [] }, canaries)).toBe(true);
  });
});

describeShared('malformed.zip', archive)('every file', () => {
  test('has an outcome in time and memory, and leaves a thread that goes on decoding', async () => {
    const sandbox = openSandbox(new URL('decodeThread.mjs', await bundleChecks('malformed-test')));
    const { total, failures } = await checkMalformed(archive!, sandbox, goodFile());
    await sandbox.close();
    expect(failures).toEqual([]);
    expect(total).toBe(archive!.paths.length);
  }, 300_000);
});

describe('the judgement of an outcome', () => {
  const slices = { slices: 1, skips: [], stored: '', identity: '' };
  const skipped = { slices: 0, skips: [{ code: 'truncated' as const }], stored: '', identity: '' };

  test('tells the wanted from others', () => {
    expect(contradicts(slices, 'accept')).toBeNull();
    expect(contradicts(skipped, 'reject:truncated')).toBeNull();
    expect(contradicts(skipped, 'accept')).toContain('truncated');
    expect(contradicts(skipped, 'reject:bits')).toContain('truncated');
    expect(contradicts(slices, 'reject:bits')).toContain('1 slices');
    expect(contradicts(slices, 'a verdict nobody knows')).not.toBeNull();
  });
});
