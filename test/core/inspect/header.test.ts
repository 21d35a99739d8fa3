/** The tree of header elements: names, values, sequences, private blocks, character sets, and files that are broken. */
import { parseDicom } from 'dicom-parser';
import { describe, expect, test } from 'vitest';
import { entryOf } from '../../../src/core/inspect/header/dictionary.ts';
import {
  type HeaderNode,
  type HeaderTree,
  headerTree,
  MOST_NODES,
} from '../../../src/core/inspect/header/tree.ts';
import { createInspector } from '../../../src/core/inspect/service.ts';
import { type DicomElement, dicomFile, type SyntaxName } from '../../builders/dicom.ts';

const letters = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0));

function file(elements: DicomElement[], syntax?: SyntaxName) {
  return dicomFile({
    rows: 2,
    columns: 2,
    pixels: Int16Array.of(0, 10, 20, 30),
    elements,
    ...(syntax && { syntax }),
  });
}

function tree(elements: DicomElement[], syntax?: SyntaxName): HeaderTree {
  return headerTree(file(elements, syntax)) as HeaderTree;
}

/** The node of a tag, wherever it is. */
function find(nodes: readonly HeaderNode[], tag: string): HeaderNode | undefined {
  for (const node of nodes) {
    const found = node.tag === tag ? node : find(node.children, tag);
    if (found) return found;
  }
}

const NESTED: DicomElement = {
  tag: 0x00081140,
  vr: 'SQ',
  value: [
    [{ tag: 0x00081155, vr: 'UI', value: '1.2.3' }],
    [
      { tag: 0x00081155, vr: 'UI', value: '1.2.4' },
      { tag: 0x0040a170, vr: 'SQ', value: [[{ tag: 0x00080100, vr: 'SH', value: '121320' }]] },
    ],
  ],
};

test('lists tag, name, VR, length and value of each element, the meta information first', () => {
  const { nodes, left } = tree([{ tag: 0x00100010, vr: 'PN', value: 'Doe^Jane' }]);
  expect(left).toBe('nothing');
  expect(nodes[0]).toMatchObject({ tag: '(0002,0000)', name: 'File Meta Information Group Length' });
  expect(find(nodes, '(0010,0010)')).toEqual({
    kind: 'element',
    tag: '(0010,0010)',
    name: "Patient's Name",
    vr: 'PN',
    bytes: 8,
    value: 'Doe^Jane',
    children: [],
  });
  expect(find(nodes, '(0028,0010)')).toMatchObject({ name: 'Rows', vr: 'US', bytes: 2, value: '2' });
  expect(find(nodes, '(7FE0,0010)')).toMatchObject({ name: 'Pixel Data', value: 'pixels, 8 bytes' });
});

test.each(['explicit', 'implicit', 'bigEndian', 'deflated'] as SyntaxName[])(
  'reads sequences in %s, items below them',
  (syntax) => {
    const { nodes } = tree([NESTED], syntax);
    const sequence = find(nodes, '(0008,1140)')!;
    expect(sequence).toMatchObject({ name: 'Referenced Image Sequence', vr: 'SQ', value: '2 items' });
    expect(sequence.children.map(({ name }) => name)).toEqual(['Item 1', 'Item 2']);
    expect(find(sequence.children[1].children, '(0008,0100)')).toMatchObject({ vr: 'SH', value: '121320' });
    expect(find(nodes, '(0028,0010)')).toMatchObject({ vr: 'US', value: '2' });
  },
);

test('a value that begins like an item is none where the standard says that it is text', () => {
  const value = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46);
  const { nodes, left } = tree([{ tag: 0x00204000, vr: 'LT', value }], 'implicit');
  expect(left).toBe('nothing');
  expect(find(nodes, '(0020,4000)')).toMatchObject({ vr: 'LT', bytes: 10, children: [] });
});

test('private elements stand together below their creator, each block its own', () => {
  const { nodes } = tree([
    { tag: 0x00190010, vr: 'LO', value: 'MAKER A' },
    { tag: 0x00190011, vr: 'LO', value: 'MAKER B' },
    { tag: 0x0019100a, vr: 'IS', value: '7' },
    { tag: 0x0019110a, vr: 'UN', value: letters('plain text') },
    { tag: 0x0019120a, vr: 'OB', value: new Uint8Array(40) },
  ]);
  const groups = nodes.filter(({ kind }) => kind === 'creator');
  expect(groups.map(({ name, value }) => [name, value])).toEqual([
    ['Private: MAKER A', '2 elements'],
    ['Private: MAKER B', '2 elements'],
    ['Private, without a creator', '1 element'],
  ]);
  expect(groups.map(({ children }) => children.at(-1)!.value)).toEqual(['7', 'plain text', '40 bytes']);
});

test('text is in the character set that the file names, inside sequences too', () => {
  const latin2: DicomElement = { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 101' };
  const name: DicomElement = { tag: 0x00100010, vr: 'PN', value: letters('B\xb1k') };
  const inside: DicomElement = { tag: 0x00081140, vr: 'SQ', value: [[name]] };
  const { nodes } = tree([latin2, inside, name]);
  expect(nodes.map((node) => find([node], '(0010,0010)')?.value).filter(Boolean)).toEqual(['Bąk', 'Bąk']);
});

describe('values', () => {
  test('are shortened where they are long: text, numbers, bytes', () => {
    const { nodes } = tree([
      { tag: 0x00204000, vr: 'LT', value: 'x'.repeat(3000) },
      { tag: 0x00189345, vr: 'FD', value: Array.from({ length: 100 }, (_, i) => i / 2) },
      { tag: 0x00420011, vr: 'OB', value: new Uint8Array(12_345) },
      { tag: 0x00282000, vr: 'OB', value: Uint8Array.of(1, 255) },
    ]);
    expect(find(nodes, '(0020,4000)')!.value).toBe(`${'x'.repeat(1024)} … (3,000 bytes)`);
    expect(find(nodes, '(0018,9345)')!.value).toMatch(/^0\\0\.5\\1\\.*\\31\.5 … \(100 values\)$/);
    expect(find(nodes, '(0042,0011)')!.value).toBe('12,346 bytes');
    expect(find(nodes, '(0028,2000)')!.value).toBe('01 FF');
  });

  test('without a written VR are signed where the pixels are', () => {
    const padding: DicomElement = { tag: 0x00280120, vr: 'SS', value: -2000 };
    expect(find(tree([padding], 'implicit').nodes, '(0028,0120)')).toMatchObject({
      vr: 'SS',
      value: '-2000',
    });
  });

  test('that point to an element are its tag', () => {
    const pointer: DicomElement = { tag: 0x00280009, vr: 'AT', value: Uint8Array.of(0x18, 0, 0x63, 0x10) };
    expect(find(tree([pointer]).nodes, '(0028,0009)')!.value).toBe('0018,1063');
  });
});

test('the dictionary knows overlays of every group, group lengths, and no private element', () => {
  expect(entryOf(0x60123000)).toEqual({ vr: 'OW', name: 'Overlay Data' });
  expect(entryOf(0x00180000)).toEqual({ vr: 'UL', name: 'Group Length' });
  expect(entryOf(0x00191001)).toBeNull();
  expect(entryOf(0x00089999)).toBeNull();
});

test('lists what dicom-parser finds by itself', () => {
  const bytes = file([NESTED, { tag: 0x00100010, vr: 'PN', value: 'Doe' }]);
  const ours = (headerTree(bytes) as HeaderTree).nodes.map(({ tag }) => tag);
  const theirs = Object.keys(parseDicom(bytes).elements).map((tag) =>
    `(${tag.slice(1, 5)},${tag.slice(5)})`.toUpperCase(),
  );
  expect(ours).toEqual(theirs.sort());
});

test('of very many elements the first are handed out, and it says so', () => {
  const items = Array.from({ length: MOST_NODES / 2 + 100 }, (): DicomElement[] => [
    { tag: 0x00081155, vr: 'UI', value: '1.2' },
  ]);
  const { nodes, left } = tree([{ tag: 0x00081140, vr: 'SQ', value: items }]);
  const total = (list: HeaderNode[]): number =>
    list.reduce((sum, { children }) => sum + 1 + total(children), 0);
  expect(left).toBe('many');
  expect(total(nodes)).toBeLessThan(MOST_NODES + 50);
});

describe('a file', () => {
  test('that our own checks refuse is a skip before dicom-parser sees it', () => {
    const bytes = file([{ tag: 0x00081140, vr: 'SQ', value: [[]] }]);
    // The item says that it goes on far beyond the file.
    const at = bytes.findIndex((_, i) => bytes[i] === 0xfe && bytes[i + 1] === 0xff && bytes[i + 3] === 0xe0);
    bytes.set([0xff, 0xff, 0xff, 0x7f], at + 4);
    expect(headerTree(bytes)).toMatchObject({ code: 'truncated' });
  });

  test('that dicom-parser can’t follow is listed up to there', () => {
    // An explicit VR of undefined length that is no sequence: our walk looks for its items.
    const odd: DicomElement = { tag: 0x00091001, vr: 'SQ', value: letters('no items!!'), open: false };
    const { nodes, left } = tree([odd]);
    expect(left).toBe('unreadable');
    expect(find(nodes, '(0008,0060)')).toMatchObject({ value: 'CT' });
    expect(find(nodes, '(7FE0,0010)')).toMatchObject({ value: 'pixels, 8 bytes' });
  });

  test('of another format has none', async () => {
    expect(headerTree(letters('no DICOM file'.repeat(20)))).toBeNull();
    const original = { id: 'o', file: new Blob(['text']), inside: null };
    expect(await createInspector().header({ original })).toBeNull();
  });
});
