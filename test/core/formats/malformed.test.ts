/** Hostile, broken and odd files end in slices or in named skips, and tell nothing of a patient. */
import { describe, expect, test } from 'vitest';
import { SKIP_CODES, type SkipCode } from '../../../src/core/errors.ts';
import { decodeFile } from '../../../src/core/formats/decode.ts';
import { isSkip } from '../../../src/core/formats/types.ts';
import { hasShared, openShared } from '../../make/shared.ts';

type Expected = { canaries: string[]; files: { file: string; expect: string; why: string }[] };

/** Class of a rejection → codes that name it. A length that leads out of the file is "truncated" whatever it claims. */
const REJECTIONS: Record<string, SkipCode[]> = {
  'not-dicom': ['not-an-image', 'empty', 'malformed'],
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

const archive = new Map(hasShared('malformed.zip') ? openShared('malformed.zip') : []);
const list = archive.get('synthetic/expected.json');
const expected: Expected = list ? JSON.parse(new TextDecoder().decode(list)) : { canaries: [], files: [] };

type Outcome = { slices: number; codes: SkipCode[]; stored: string; identity: string };

/** `stored` is all that may leave the file besides pixels. */
async function outcome(bytes: Uint8Array): Promise<Outcome> {
  const found: Outcome = { slices: 0, codes: [], stored: '', identity: '' };
  for await (const result of decodeFile(bytes, { antialias: false })) {
    if (isSkip(result)) {
      found.codes.push(result.code);
      found.stored += JSON.stringify(result);
    } else {
      found.slices++;
      found.stored += JSON.stringify(result.facts);
      found.identity += JSON.stringify(result.identity);
    }
  }
  return found;
}

describe.runIf(archive.size > 0)('a file that is known to be', () => {
  test.each(expected.files)('$file: $why', async ({ file, expect: wanted }) => {
    const { slices, codes, stored } = await outcome(archive.get(`synthetic/${file}`) as Uint8Array);
    for (const canary of expected.canaries) expect(stored).not.toContain(canary);
    if (wanted.startsWith('reject:')) {
      expect(slices).toBe(0);
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes) expect(REJECTIONS[wanted.slice(7)]).toContain(code);
    } else if (wanted === 'skip:no-image') {
      expect({ slices, codes }).toEqual({ slices: 0, codes: ['dicom-no-pixels'] });
    } else if (wanted === 'accept' || wanted === 'duplicate') {
      // Some of these have constant pixels. Duplicates are recognised when they are stored.
      expect(codes.filter((code) => code !== 'blank')).toEqual([]);
      expect(slices + codes.length).toBeGreaterThan(0);
    } else {
      expect(wanted).toBe('accept-warn');
      expect(slices + codes.length).toBeGreaterThan(0);
    }
  });

  test('planted with patient strings is searched by a control that finds them', async () => {
    const planted = [...archive.keys()].find(
      (path) => path.includes('phi_canary') && path.endsWith('_0.dcm'),
    );
    const { identity } = await outcome(archive.get(planted as string) as Uint8Array);
    expect(expected.canaries.some((canary) => identity.includes(canary))).toBe(true);
  });
});

describe.runIf(archive.size > 0)('all other files', () => {
  const folders = [...new Set([...archive.keys()].map((path) => path.split('/')[0]))].filter(
    (f) => f !== 'synthetic',
  );

  test.each(folders)(
    'of %s have an outcome',
    async (folder) => {
      for (const [path, bytes] of archive) {
        if (!path.startsWith(folder)) continue;
        const { slices, codes } = await outcome(bytes);
        expect(slices + codes.length, path).toBeGreaterThan(0);
        for (const code of codes) expect(SKIP_CODES).toHaveProperty(code);
      }
    },
    300_000,
  );
});
