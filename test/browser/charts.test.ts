/** What every chart of the registry owes: a name, keys, numbers aloud, and files for print that need nothing else. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Download } from '../../src/app/report.ts';
import { CHARTS, type ChartName } from '../../src/ui/charts/charts.ts';
import { CHART_EXAMPLES } from '../fakes/charts.ts';
import { STATES } from '../fakes/state.ts';
import { leave, show, showPart } from '../harness/show.ts';

const NAMES = Object.keys(CHARTS) as ChartName[];
/** Drawn for the page in another way: as plain SVG, and as tables. */
const OWN: readonly ChartName[] = ['curves', 'confusion', 'difference'];
let saved: Download[] = [];

beforeAll(async () => {
  await page.viewport(1366, 768);
  Object.assign(document.documentElement, { lang: 'en' });
  document.documentElement.dataset.theme = 'dark';
});

afterEach(leave);

/** The chart alone, once it is drawn. */
async function draw(name: ChartName) {
  saved = [];
  showPart(CHART_EXAMPLES[name](), STATES['results/full'](), () => ({
    download: async (what) => {
      saved.push(what);
    },
  }));
  await expect.element(page.getByTestId(`${name}-svg`)).toBeEnabled();
}

/** The file that pressing a button saves. */
async function press<Kind extends Download['kind']>(button: string, kind: Kind) {
  await page.getByTestId(button).click();
  // Pixels of a whole page's width take a busy machine more than a second.
  await expect.poll(() => saved.length, { timeout: 10_000 }).toBe(1);
  const [what] = saved.splice(0);
  if (what.kind !== kind) throw new Error(`It saved ${what.kind}.`);
  return what as Extract<Download, { kind: Kind }>;
}

describe.each(NAMES.filter((name) => !OWN.includes(name)))('the chart %s of the library', (name) => {
  test('has a name and a summary, and axe finds nothing serious', async () => {
    await draw(name);
    await expect.element(page.getByRole('figure')).toHaveAccessibleName(/\w{3}/);
    for (const chart of page.getByRole('application').elements())
      expect(chart.getAttribute('aria-label')).toMatch(/^\w.+\. The arrow keys go from value to value\.$/);
    const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  });

  test('is reached by key, and the arrow keys tell its values', async () => {
    await draw(name);
    // A pointer that an earlier test left on the chart would choose a value.
    await userEvent.hover(document.body, { position: { x: 1, y: 1 } });
    await userEvent.tab();
    expect(document.activeElement?.getAttribute('role')).toBe('application');
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(spoken, { timeout: 10_000 }).toMatch(/\d/);
    const first = spoken();
    // The library takes rows the other way round: left goes down.
    await userEvent.keyboard(name === 'splits' ? '{ArrowLeft}' : '{ArrowRight}');
    await expect.poll(spoken, { timeout: 10_000 }).not.toBe(first);
  });
});

describe.each(NAMES)('the chart %s', (name) => {
  test('is saved as SVG at its width in print, with every colour resolved for white paper', async () => {
    await draw(name);
    const { drawing } = await press(`${name}-svg`, 'drawing');
    const text = await drawing!.text();
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    const root = parsed.documentElement;
    expect(root.getAttribute('width')).toBe(`${CHARTS[name].mm}mm`);
    expect(root.querySelector('rect')?.getAttribute('fill')).toBe('#fff');
    expect(root.querySelector('path[d^="M"], rect[y]')).not.toBeNull();
    expect(root.querySelector('[class], [style], [tabindex], script, image, foreignObject')).toBeNull();
    expect(text).not.toMatch(/var\(--|url\((?!(&quot;|")?#)|href|light-dark|@import/);
    // Lines as on the page; the matrices are drawn anew.
    if (!['confusion', 'difference'].includes(name)) {
      const shown = [...document.querySelectorAll('svg path')].map((path) => getComputedStyle(path));
      const paths = [...root.querySelectorAll('path')];
      for (const style of ['stroke-width', 'stroke-dasharray', 'stroke-opacity'])
        expect(paths.map((path) => path.getAttribute(style))).toEqual(
          shown.map((computed) => computed.getPropertyValue(style)),
        );
    }
    // Dark on white, though the page is dark.
    for (const label of root.querySelectorAll('text'))
      expect(lightness(label.closest('[fill]')!.getAttribute('fill')!)).toBeLessThan(150);
  });

  test('is saved as PNG of 300 dots per inch', async () => {
    await draw(name);
    const { drawing } = await press(`${name}-png`, 'drawing');
    expect(drawing!.type).toBe('image/png');
    const { width, height } = await createImageBitmap(drawing!);
    expect(width).toBe(Math.round((CHARTS[name].mm / 25.4) * 300));
    expect(height).toBeGreaterThan(width / 20);
  });

  test('is saved as numbers, a cell for each name in the head', async () => {
    await draw(name);
    const { head, rows } = await press(`${name}-csv`, 'table');
    expect(new Set(head).size).toBe(head.length);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });
});

test('tables of pages are saved as they are shown', async () => {
  saved = [];
  show(STATES['results/full'](), () => ({
    download: async (what) => {
      saved.push(what);
    },
  }));
  await page.getByTestId('run-compare').first().click();
  const comparison = await press('comparison-table', 'table');
  expect(comparison.rows).toHaveLength(2);
  const settings = await press('settings-table', 'table');
  expect(settings.head[0]).toBe('Setting');
  expect(settings.head).toHaveLength(3);
  const pair = await press('pair-table', 'table');
  expect(pair.head[0]).toBe('figure');
});

const spoken = () => document.querySelector('[role=status]')?.textContent ?? '';

/** Of rgb(…) or #rrggbb. */
function lightness(colour: string): number {
  const [red, green, blue] = colour.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : colour.match(/[\d.]+/g)!.map(Number);
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}
