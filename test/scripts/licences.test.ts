/** Licences of what a build contains. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { document, FILE, licencesOf, packagesOf } from '../../scripts/vite/licences.js';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

test('modules are counted to the innermost package, once, on any system', () => {
  expect(
    packagesOf([
      '/home/a/node_modules/react/index.js',
      '/home/a/node_modules/react/cjs/react.js?commonjs',
      '/home/a/node_modules/@tensorflow/tfjs/node_modules/long/src/long.js',
      'C:\\b\\node_modules\\@cornerstonejs\\codec-charls\\dist\\charlswasm.wasm?url',
      '\0vite/preload-helper.js',
      '/home/a/src/main.tsx',
    ]),
  ).toEqual(['@cornerstonejs/codec-charls', 'long', 'react']);
});

test.each(Object.keys(dependencies))('%s has a licence text', (name) => {
  const [own] = licencesOf(name);
  expect(own.version).toBe(dependencies[name]);
  expect(own.text).toMatch(/copyright/i);
  expect(own.text).toMatch(/"AS IS"/);
});

test('TensorFlow.js has the whole Apache licence', () => {
  const [{ text }] = licencesOf('@tensorflow/tfjs-core');
  expect(text).toContain('Google');
  expect(text).toContain('9. Accepting Warranty or Additional Liability');
});

test.each([
  ['@cornerstonejs/codec-charls', 'CharLS', 'Jan de Vaan', 'Neither the name'],
  [
    '@cornerstonejs/codec-openjpeg',
    'OpenJPEG',
    'Universite catholique de Louvain',
    'Redistributions in binary form',
  ],
])('what is compiled into %s is named with its own text', (name, part, holder, clause) => {
  const found = licencesOf(name).find((one) => one.name === part)!;
  expect(found.text).toContain(holder);
  expect(found.text).toContain(clause);
});

test('a package without a text is refused', () => {
  const root = mkdtempSync(join(tmpdir(), 'modality-lab-licences-'));
  mkdirSync(join(root, 'node_modules/bare'), { recursive: true });
  writeFileSync(join(root, 'node_modules/bare/package.json'), '{"version":"1.0.0","license":"MIT"}');
  expect(() => licencesOf('bare', root)).toThrow('There is no licence text of bare (MIT)');
  rmSync(root, { recursive: true });
});

test('the document names everything, and gives a text that several share once', () => {
  const entry = (name: string, text: string) => ({ name, version: '1.0', licence: 'MIT', text });
  const text = document([entry('a', 'Same.\r\n'), entry('b', 'Other.'), entry('c', 'Same.')]);
  expect(text).toContain('a 1.0: MIT\nb 1.0: MIT\nc 1.0: MIT');
  expect(text.match(/Same\./g)).toHaveLength(1);
  expect(text).toMatch(/a 1\.0 \(MIT\)\nc 1\.0 \(MIT\)\n=+\n\nSame\./);
});

test('Settings links the file that the build writes', () => {
  expect(readFileSync('src/ui/settings/AboutCard.tsx', 'utf8')).toContain(`href="./${FILE}" download`);
});
