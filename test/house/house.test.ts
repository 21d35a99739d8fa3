/** The rules of the house that the linter and the page's policy hold: broken once in a made-up tree, each is reported. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { securityHeaders } from '../../scripts/headers.js';

const ROOT = process.cwd();

/** What breaks a rule, where, and the rule; null: allowed there. */
const CASES = [
  ['a form in the ui', 'src/ui/form.tsx', 'export const a = <form />;', 'noRestrictedElements'],
  ['chance in core', 'src/core/chance.ts', 'export const a = Math.random();', 'noJsRestrictedProperties'],
  ['a date in core', 'src/core/date.ts', 'export const a = new Date();', 'noRestrictedGlobals'],
  ['a clock in core', 'src/core/clock.ts', 'export const a = performance.now();', 'noRestrictedGlobals'],
  ['a clock in app', 'src/app/clock.ts', 'export const a = performance.now();', null],
  ['a request of core', 'src/core/ask.ts', "export const a = fetch('/');", 'noRestrictedGlobals'],
  ['a request of app', 'src/app/ask.ts', "export const a = fetch('/');", 'noRestrictedGlobals'],
  ['the server’s request', 'src/app/server.ts', "export const a = fetch('/');", null],
  ['a request of a worker', 'workers/ask.ts', "export const a = new WebSocket('/');", 'noRestrictedGlobals'],
  [
    'a request by a detour',
    'src/ui/ask.ts',
    "export const a = window.fetch('/');",
    'noJsRestrictedProperties',
  ],
  ['storage in ui', 'src/ui/up.ts', "import '../storage/db.ts';", 'noRestrictedImports'],
] as const;

const tree = mkdtempSync(join(tmpdir(), 'modality-lab-lint-'));
let found = new Map<string, string[]>();

beforeAll(() => {
  copyFileSync(join(ROOT, 'biome.json'), join(tree, 'biome.json'));
  for (const [, path, code] of CASES) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${code}\n`);
  }
  found = lint(tree);
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('the linter', () => {
  test.each(CASES)('of %s in %s', (_, path, __, rule) => {
    const rules = found.get(path) ?? [];
    if (rule) expect(rules).toContain(rule);
    else expect(rules).toEqual([]);
  });
});

describe('the page’s policy', () => {
  const directives = (dev: boolean) =>
    new Map(
      securityHeaders({ dev })
        ['Content-Security-Policy'].split('; ')
        .map((one): [string, string] => {
          const [name, ...rest] = one.split(' ');
          return [name, rest.join(' ')];
        }),
    );

  test('in tests and while developing differs from the app’s in inline code and a socket alone', () => {
    const [app, dev] = [directives(false), directives(true)];
    const differing = [...app.keys()].filter((name) => app.get(name) !== dev.get(name));
    expect(differing).toEqual(['script-src', 'style-src', 'connect-src']);
    expect(dev.size).toBe(app.size);
    expect(dev.get('script-src')).toBe(`${app.get('script-src')} 'unsafe-inline'`);
    expect(dev.get('style-src')).toBe(`${app.get('style-src')} 'unsafe-inline'`);
    expect(dev.get('connect-src')).toBe(`${app.get('connect-src')} ws:`);
  });

  test('lets nothing in or out but from its own origin, and keeps forms and popups from acting', () => {
    const app = directives(false);
    expect(app.get('default-src')).toBe("'none'");
    expect(app.get('connect-src')).toBe("'self'");
    expect(app.get('form-action')).toBe("'none'");
    expect(app.get('sandbox')).toBe('allow-scripts allow-same-origin allow-downloads allow-modals');
  });
});

/** The names of the rules broken, by path. */
function lint(folder: string): Map<string, string[]> {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  let out = '';
  try {
    out = execFileSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=200', '.'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
  } catch (error) {
    // Findings end it with 1; they are on its output all the same.
    out = String((error as { stdout: Buffer }).stdout);
  }
  const rules = new Map<string, string[]>();
  for (const { category, location } of JSON.parse(out).diagnostics) {
    const path = String(location.path?.file ?? location.path).replaceAll('\\', '/');
    rules.set(path, [...(rules.get(path) ?? []), String(category).split('/').at(-1)!]);
  }
  return rules;
}
