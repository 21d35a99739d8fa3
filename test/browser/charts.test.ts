/** What every chart of the registry owes: a name, keys, numbers aloud, and files for print that need nothing else. */
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Download } from '../../src/app/report.ts';
import { CHARTS, type ChartName } from '../../src/ui/charts/charts.ts';
import { CHART_EXAMPLES } from '../fakes/charts.ts';
import { STATES } from '../fakes/state.ts';
import { leave, showPart } from '../harness/show.ts';

const NAMES = Object.keys(CHARTS) as ChartName[];
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
  await expect.element(page.getByRole('application').first()).toBeVisible();
}

/** The file that pressing a button saves. */
async function press<Kind extends Download['kind']>(button: string, kind: Kind) {
  await page.getByTestId(button).click();
  await expect.poll(() => saved.length).toBe(1);
  const [what] = saved.splice(0);
  if (what.kind !== kind) throw new Error(`It saved ${what.kind}.`);
  return what as Extract<Download, { kind: Kind }>;
}

describe.each(NAMES)('the chart %s', (name) => {
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
    await userEvent.tab();
    expect(document.activeElement?.getAttribute('role')).toBe('application');
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(spoken).toMatch(/\d/);
    const first = spoken();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(spoken).not.toBe(first);
  });

  test('is saved as SVG at its width in print, with every colour resolved for white paper', async () => {
    await draw(name);
    const { drawing } = await press(`${name}-svg`, 'drawing');
    const text = await drawing!.text();
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    const root = parsed.documentElement;
    expect(root.getAttribute('width')).toBe(`${CHARTS[name].mm}mm`);
    expect(root.querySelector('rect')?.getAttribute('fill')).toBe('#fff');
    expect(root.querySelector('path[d^="M"], rect[height]')).not.toBeNull();
    expect(root.querySelector('[class], [style], [tabindex], script, image, foreignObject')).toBeNull();
    expect(text).not.toMatch(/var\(--|url\((?!(&quot;|")?#)|href|light-dark|@import/);
    // Dark on white, though the page is dark.
    for (const label of root.querySelectorAll('text'))
      expect(lightness(label.getAttribute('fill')!)).toBeLessThan(150);
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

const spoken = () => document.querySelector('[role=status]')?.textContent ?? '';

function lightness(colour: string): number {
  const [red, green, blue] = colour.match(/[\d.]+/g)!.map(Number);
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}
