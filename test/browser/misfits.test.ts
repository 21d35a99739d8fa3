/** What does not fit a window is found: the tests of small windows could not fail otherwise. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { misfits } from '../harness/misfits.js';

beforeAll(() => page.viewport(390, 844));
afterEach(() => document.body.replaceChildren());

function found(html: string, print = false): string[] {
  document.body.innerHTML = html;
  return misfits({ print });
}

test('nothing is found where all fits', () => {
  expect(found('<main><button>Start</button><p>Text</p></main>')).toEqual([]);
  expect(
    found(
      '<main style="overflow:auto;height:300px"><p style="height:2000px">x</p><button>Go</button></main>',
    ),
  ).toEqual([]);
});

test.each([
  ['a page wider than the window', '<main><p style="width:500px">x</p></main>', 'wider than the window'],
  ['a shell that scrolls', '<main><p style="height:900px">x</p></main>', 'the shell scrolls'],
  [
    'a control outside the window',
    '<main><button style="position:fixed;left:-200px">Away</button></main>',
    'out of reach: BUTTON Away',
  ],
  [
    'a control below what can be scrolled',
    '<main style="height:200px;overflow:hidden"><p style="height:600px">x</p><button>Below</button></main>',
    'out of reach: BUTTON Below',
  ],
  [
    'a control beside what can be scrolled',
    '<main style="width:200px;overflow:hidden"><button style="margin-left:600px">Beside</button></main>',
    'out of reach: BUTTON Beside',
  ],
  [
    'text below what can be scrolled',
    '<main style="height:200px;overflow:hidden"><p style="height:600px">x</p><p>Last words</p></main>',
    'cut off below: "Last words"',
  ],
  [
    'parts of the inspector on one another',
    '<main><p data-testid="stage">x</p><p data-testid="tensor" style="margin-top:-30px">x</p></main>',
    'stage and tensor overlap',
  ],
  [
    'text that is cut off',
    '<main><p style="width:30px;overflow:hidden;white-space:nowrap">a long sentence</p></main>',
    'text does not fit',
  ],
])('%s is found', (_, html, finding) => {
  expect(found(html).join()).toContain(finding);
});

test('a control on top of what is cut off is within reach', () => {
  const html =
    '<main style="height:200px;overflow:hidden"><button>Top</button><p style="height:600px">x</p></main>';
  expect(found(html)).toEqual([]);
});

test('a print without a title, or with the frame around the page, is found', () => {
  const title = '<p data-testid="printed-title">Title</p>';
  expect(found(`<main data-testid="headline">${title}</main>`, true)).toEqual([]);
  expect(found('<main data-testid="headline"></main>', true)).toEqual(['the print has no title']);
  expect(found('<nav>Pages</nav>', true)).toEqual(['the frame is printed']);
});
