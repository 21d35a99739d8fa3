/** Every file of tests opens with a sentence that says what it holds, and calls a test `test`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const FILES = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(test|spec)\.tsx?$/.test(path))
  .map((path) => join('test', path));

describe('every file of tests', () => {
  test.each(FILES)('%s opens with a sentence and says test', (path) => {
    expect(openingOf(readFileSync(path, 'utf8'))).toMatch(/^\P{Ll}.*[.:]$/su);
    expect(readFileSync(path, 'utf8')).not.toMatch(/^\s*it(\.\w+)*[(<]/m);
  });

  test('is found', () => {
    expect(FILES.length).toBeGreaterThan(100);
  });
});

test('a file that begins with its imports has no opening', () => {
  expect(openingOf("import { test } from 'vitest';\n/** Late. */")).toBe('');
  expect(openingOf('/**\n * One thing,\n * and another.\n */\n')).toBe('One thing, and another.');
});

/** The text of the comment that a file begins with; '' where it begins otherwise. */
function openingOf(code: string): string {
  const [, text = ''] = /^\/\*\*(.*?)\*\//s.exec(code) ?? [];
  return text
    .replaceAll(/^ *\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
