/** The four modalities are one label set among others: no code names them but the set's definition and what is said here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Where a code of a modality is DICOM's own, a simulated scanner's, or a sentence about the default set. */
const REASONS: Readonly<Record<string, string>> = {
  'src/core/dataset/appendix/paper.ts': 'names of public collections',
  'src/core/dataset/caps.ts': 'the paper’s caps are of two modalities',
  'src/core/labels/sets/': 'definitions of label sets',
  'src/core/simulate/': 'simulated scanners are of a modality',
  'src/ui/practice/': 'simulated scanners are of a modality',
  'src/core/dicom/modalityCode.ts': 'DICOM’s defined terms',
  'src/core/dicom/series.ts': 'names of SOP classes',
  'src/core/dicom/storageClass.ts': 'names of SOP classes',
  'src/core/inspect/header/standard.ts': 'names of elements in the standard',
  'src/ui/inspect/picture.ts': 'Hounsfield windows are for DICOM’s CT',
  'src/ui/data/EmptyData.tsx': 'the start page says what the default set is for',
  'src/ui/data/Quiz.tsx': 'the start page asks about simulated pictures',
  'src/ui/lessons/acts.ts': 'a lesson opens a cell of the practice project',
};

test('code names no modality but where there is a reason', () => {
  const named = ['src', 'workers'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((name) => join(root, name).replaceAll('\\', '/'))
      .filter((path) => /\.tsx?$/.test(path) && !path.includes('/build/'))
      .filter((path) => /\b(CT|MR|PT|XR)\b/.test(withoutComments(readFileSync(path, 'utf8')))),
  );
  const reasons = Object.keys(REASONS);
  expect(named.filter((path) => !reasons.some((start) => path.startsWith(start)))).toEqual([]);
  expect(reasons.filter((start) => !named.some((path) => path.startsWith(start)))).toEqual([]);
});

function withoutComments(code: string): string {
  return code.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '');
}
