/**
 * All header elements of a DICOM file as a tree, for the screen: they may name the patient, so that nothing here is stored,
 * logged or exported. Our own walk checks lengths, nesting and counts first; then dicom-parser reads the rest.
 */
import * as dicomParser from 'dicom-parser';
import { type Dicom, integer } from '../../dicom/dataSet.ts';
import { isDicom, parse } from '../../dicom/parse.ts';
import { TAGS } from '../../dicom/tags.ts';
import { isSkip, type Skip } from '../../skip.ts';
import { entryOf } from './dictionary.ts';
import { sizeWords, tagWords, valueWords } from './value.ts';

/** Nodes that are handed out: an enhanced object of many frames has a million. */
export const MOST_NODES = 20_000;

export type HeaderNode = {
  kind: 'element' | 'item' | 'creator';
  /** (0010,0010); '' for an item and for the elements of a creator. */
  tag: string;
  name: string;
  /** '' where there is none. */
  vr: string;
  /** Length of the value; null if it is undefined. */
  bytes: number | null;
  value: string;
  children: HeaderNode[];
};

export type HeaderTree = {
  nodes: HeaderNode[];
  /** Whether nodes are left out: of more than MOST_NODES the last, or those after what can't be read. */
  left: 'nothing' | 'many' | 'unreadable';
};

/** What all elements of a file have in common. */
type Reading = { bytes: Uint8Array; littleEndian: boolean; signed: boolean; room: number };

type Parsed = dicomParser.Element;

const UNDEFINED_LENGTH = 0xffffffff;
const PIXELS = 'x7fe00010';

/** null: no DICOM file, so that there are no elements. */
export function headerTree(file: Uint8Array): HeaderTree | Skip | null {
  if (!isDicom(file)) return null;
  const opened = parse(file);
  if (isSkip(opened)) return opened;
  const { body, layout } = opened;
  const meta = elementsOf(file, true, layout.meta, layout.metaEnd, false);
  const main = elementsOf(body.bytes, body.littleEndian, layout.body, body.bytes.length, layout.implicit);
  const reading = { room: MOST_NODES, signed: integer(body, TAGS.pixelRepresentation) === 1 };
  const ofMeta = { ...reading, bytes: file, littleEndian: true };
  const ofBody = { ...reading, bytes: body.bytes, littleEndian: body.littleEndian };
  const nodes = [
    ...nodesOf(meta.elements, ofMeta, ''),
    ...nodesOf(withPixels(main.elements, opened), ofBody, ''),
  ];
  return {
    nodes,
    left: meta.broken || main.broken ? 'unreadable' : ofBody.room <= 0 ? 'many' : 'nothing',
  };
}

/** dicom-parser throws where a length leads out of the bytes; what it has read until then stays. */
function elementsOf(bytes: Uint8Array, littleEndian: boolean, from: number, to: number, implicit: boolean) {
  const order = littleEndian ? dicomParser.littleEndianByteArrayParser : dicomParser.bigEndianByteArrayParser;
  // All that it needs of a data set is where to put elements.
  const found = { elements: {} } as dicomParser.DataSet;
  const stream = new dicomParser.ByteStream(order, bytes, from);
  try {
    if (implicit)
      dicomParser.parseDicomDataSetImplicit(found, stream, to, { untilTag: PIXELS, vrCallback: vrOfTag });
    else dicomParser.parseDicomDataSetExplicit(found, stream, to, { untilTag: PIXELS });
    return { elements: found.elements, broken: false };
  } catch {
    return { elements: found.elements, broken: true };
  }
}

/** Implicit VR: which elements are sequences. Where it returns undefined, dicom-parser looks at their first bytes. */
function vrOfTag(tag: string): string {
  return entryOf(numberOf(tag))?.vr as string;
}

/** Our own walk found the pixels in more files than dicom-parser does. */
function withPixels(elements: Record<string, Parsed>, { body }: Dicom): Record<string, Parsed> {
  const pixels = body.elements.get(TAGS.pixels);
  if (!pixels) return elements;
  const { vr, start, length } = pixels;
  return { ...elements, [PIXELS]: { tag: PIXELS, vr: vr || 'OW', dataOffset: start, length } };
}

/** The standard's elements in their order, then private ones by creator. */
function nodesOf(elements: Record<string, Parsed>, reading: Reading, outerSet: string): HeaderNode[] {
  const sorted = Object.values(elements)
    .filter(({ tag }) => !tag.startsWith('xfffe'))
    .sort((a, b) => numberOf(a.tag) - numberOf(b.tag));
  const named = elements.x00080005;
  const set = named ? valueWords({ ...encoded(named, reading), vr: 'CS' }) : outerSet;
  const nodes: HeaderNode[] = [];
  const creators = new Map<string, HeaderNode>();
  for (const element of sorted) {
    if (reading.room <= 0) break;
    const tag = numberOf(element.tag);
    const isPrivate = (tag >>> 16) % 2 === 1;
    const node = nodeOf(element, reading, set);
    if (!isPrivate) {
      nodes.push(node);
      continue;
    }
    const creator = creatorOf(tag, elements, reading, set);
    const group = creators.get(creator) ?? creatorNode(creator);
    group.children.push(node);
    creators.set(creator, group);
  }
  for (const group of creators.values()) group.value = counted(group.children.length, 'element');
  return [...nodes, ...creators.values()];
}

function nodeOf(element: Parsed, reading: Reading, set: string): HeaderNode {
  reading.room--;
  const tag = numberOf(element.tag);
  const entry = entryOf(tag);
  const vr = vrOf(element.vr || entry?.vr, reading.signed);
  const isOpen = element.length === UNDEFINED_LENGTH;
  const node: HeaderNode = {
    kind: 'element',
    tag: tagWords(tag),
    name: entry?.name ?? ((tag >>> 16) % 2 === 1 ? 'Private element' : 'Unknown element'),
    vr,
    bytes: isOpen || element.hadUndefinedLength ? null : element.length,
    value: '',
    children: [],
  };
  if (element.items) {
    node.vr = vr === 'UN' ? vr : 'SQ';
    node.value = counted(element.items.length, 'item');
    node.children = element.items.flatMap(({ dataSet, length, hadUndefinedLength }, i) => {
      if (reading.room-- <= 0 || !dataSet) return [];
      const children = nodesOf(dataSet.elements, reading, set);
      const bytes = hadUndefinedLength ? null : length;
      const value = counted(children.length, 'element');
      return [{ kind: 'item', tag: '', name: `Item ${i + 1}`, vr: '', bytes, value, children }];
    });
  } else if (tag === TAGS.pixels) {
    node.value = isOpen
      ? `compressed pixels, ${sizeWords(reading.bytes.length - element.dataOffset)} to the end`
      : `pixels, ${sizeWords(element.length)}`;
  } else node.value = valueWords({ ...encoded(element, reading), vr, characterSet: set });
  return node;
}

function encoded({ dataOffset, length }: Parsed, { bytes, littleEndian }: Reading) {
  return { bytes: bytes.subarray(dataOffset, dataOffset + length), littleEndian, characterSet: '' };
}

function vrOf(vr: string | undefined, signed: boolean): string {
  if (vr === 'XS') return signed ? 'SS' : 'US';
  return vr ?? '';
}

/** The block of a private element (gggg,bbxx) is reserved by (gggg,00bb) (PS3.5 7.8.1); '' if it is not. */
function creatorOf(tag: number, elements: Record<string, Parsed>, reading: Reading, set: string): string {
  const [group, element] = [tag >>> 16, tag & 0xffff];
  const block = element <= 0xff ? element : element >>> 8;
  const found = elements[`x${(group * 65_536 + block).toString(16).padStart(8, '0')}`];
  return found ? valueWords({ ...encoded(found, reading), vr: 'LO', characterSet: set }) : '';
}

function creatorNode(creator: string): HeaderNode {
  const name = creator ? `Private: ${creator}` : 'Private, without a creator';
  return { kind: 'creator', tag: '', name, vr: '', bytes: null, value: '', children: [] };
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** x00100010 */
const numberOf = (tag: string) => Number.parseInt(tag.slice(1), 16);
