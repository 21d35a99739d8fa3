/** Header elements as rows: what is folded, what a search shows, and the text that is copied. */
import { expect, test } from 'vitest';
import type { HeaderNode } from '../../../src/core/inspect/header/tree.ts';
import { actOf } from '../../../src/ui/inspect/ElementTree.tsx';
import { countElements, rowsOf, textOf } from '../../../src/ui/inspect/elements.ts';

const node = (tag: string, name: string, value: string, children: HeaderNode[] = []): HeaderNode => ({
  kind: tag === '' ? 'item' : 'element',
  tag,
  name,
  vr: tag === '' ? '' : 'LO',
  bytes: tag === '' ? null : value.length,
  value,
  children,
});

const NODES = [
  node('(0008,0060)', 'Modality', 'CT'),
  node('(0008,1140)', 'Referenced Image Sequence', '2 items', [
    node('', 'Item 1', '1 element', [node('(0008,1155)', 'Referenced SOP Instance UID', '1.2.3')]),
    node('', 'Item 2', '1 element', [node('(0008,1155)', 'Referenced SOP Instance UID', '1.2.4')]),
  ]),
];

const names = (open: string[], query = '') =>
  rowsOf(NODES, new Set(open), query).map(({ node }) => node.name);

test('sequences and items are folded until they are opened', () => {
  expect(names([])).toEqual(['Modality', 'Referenced Image Sequence']);
  expect(names(['/(0008,1140)'])).toEqual(['Modality', 'Referenced Image Sequence', 'Item 1', 'Item 2']);
  const rows = rowsOf(NODES, new Set(['/(0008,1140)', '/(0008,1140)/Item 2']), '');
  expect(rows.at(-1)).toMatchObject({
    id: '/(0008,1140)/Item 2/(0008,1155)',
    level: 3,
    parent: '/(0008,1140)/Item 2',
    place: 1,
    siblings: 1,
    open: null,
  });
});

test('a search shows what has all words, and what leads to it', () => {
  expect(names([], 'instance 1.2.4')).toEqual([
    'Referenced Image Sequence',
    'Item 2',
    'Referenced SOP Instance UID',
  ]);
  expect(names([], '00080060')).toEqual(['Modality']);
  expect(names([], '0008,0060')).toEqual(['Modality']);
  expect(names([], 'ReferencedImageSequence')).toEqual(['Referenced Image Sequence']);
  expect(names([], 'nothing like this')).toEqual([]);
});

test('what a search finds can be opened', () => {
  expect(names(['/(0008,1140)'], 'image sequence')).toEqual([
    'Referenced Image Sequence',
    'Item 1',
    'Item 2',
  ]);
});

test('text to copy has a line for each, indented by level', () => {
  expect(textOf(NODES).split('\n')).toEqual([
    '(0008,0060) LO 2  Modality: CT',
    '(0008,1140) LO 7  Referenced Image Sequence: 2 items',
    '  Item 1: 1 element',
    '    (0008,1155) LO 5  Referenced SOP Instance UID: 1.2.3',
    '  Item 2: 1 element',
    '    (0008,1155) LO 5  Referenced SOP Instance UID: 1.2.4',
    '',
  ]);
  expect(countElements(NODES)).toBe(4);
});

test('→ opens, then goes in; ← closes, then goes out', () => {
  const folded = rowsOf(NODES, new Set(), '');
  const open = rowsOf(NODES, new Set(['/(0008,1140)']), '');
  expect(actOf('ArrowRight', folded[1], folded, 1)).toEqual({ open: true });
  expect(actOf('ArrowRight', open[1], open, 1)).toEqual({ goTo: 2 });
  expect(actOf('ArrowLeft', open[3], open, 3)).toEqual({ goTo: 1 });
  expect(actOf('ArrowLeft', open[1], open, 1)).toEqual({ open: false });
  expect(actOf('Enter', folded[1], folded, 1)).toEqual({ open: true });
  expect(actOf('Enter', folded[0], folded, 0)).toBeNull();
  expect(actOf('ArrowDown', folded[0], folded, 0)).toBeNull();
});
