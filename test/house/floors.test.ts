/** The floors of core: an import that goes up is named with its reason, and so is a circle of files. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crossings, cycles, FLOORS, importsOf } from '../../scripts/floors.js';

let tree: string;
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'modality-lab-floors-'));
  write('workers/one.ts', '');
});
afterEach(() => rmSync(tree, { recursive: true, force: true }));

function write(path: string, code: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), code);
}

test('this project keeps them', () => {
  const imports = importsOf(process.cwd());
  expect(imports.length).toBeGreaterThan(1000);
  expect([...crossings(imports), ...cycles(imports)]).toEqual([]);
});

describe('an import that goes up', () => {
  test.each([
    ['of a value', "import { a } from '../formats/b.ts';"],
    ['of a type', "import type { A } from '../formats/b.ts';"],
    ['as a re-export', "export { a } from '../formats/b.ts';"],
    ['of several lines', "import {\n  a,\n  b,\n} from '../formats/b.ts';"],
    ['for its effects', "import '../formats/b.ts';"],
  ])('%s is named', (_, code) => {
    write('src/core/dicom/a.ts', code);
    expect(crossings(importsOf(tree))).toEqual([
      `src/core/dicom/a.ts imports src/core/formats/b.ts: ${FLOORS.dicom.why}`,
    ]);
  });

  test('from a file directly in core is named', () => {
    write('src/core/a.ts', "import { a } from './bytes/b.ts';");
    expect(crossings(importsOf(tree))).toHaveLength(1);
  });

  test('from a room without an entry is named', () => {
    write('src/core/attic/a.ts', "import { a } from '../bytes/b.ts';");
    expect(crossings(importsOf(tree))).toEqual([
      'src/core/attic/a.ts: the room attic has no entry in scripts/floors.js.',
    ]);
  });
});

test('what lies below, in the same room or outside core may be imported', () => {
  write('src/core/formats/a.ts', "import '../dicom/b.ts';\nimport './c.ts';\nimport '../skip.ts';");
  write('src/app/a.ts', "import '../core/formats/a.ts';");
  expect(crossings(importsOf(tree))).toEqual([]);
});

describe('a circle', () => {
  test('is told by the shortest way round', () => {
    write('src/app/a.ts', "import { b } from './b.ts';");
    write('src/app/b.ts', "import { c } from './c.ts';");
    write('src/app/c.ts', "import { a } from './a.ts';");
    expect(cycles(importsOf(tree))).toEqual([
      'src/app/a.ts → src/app/b.ts → src/app/c.ts → src/app/a.ts: a circle at run time.',
    ]);
  });

  test('of types alone is none', () => {
    write('src/app/a.ts', "import { type B, type C } from './b.ts';");
    write('src/app/b.ts', "import { a } from './a.ts';");
    expect(cycles(importsOf(tree))).toEqual([]);
  });
});
