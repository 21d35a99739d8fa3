/** The tree of header elements as rows: which are shown, by what is open and searched, and as text to copy. */
import type { HeaderNode } from '../../core/inspect/header/tree.ts';

export type ElementRow = {
  /** The way to it; the same in each file of a series, so that what is open stays so. */
  id: string;
  node: HeaderNode;
  /** From 1. */
  level: number;
  parent: string | null;
  /** Its place among its siblings that are shown, from 1, and their number. */
  place: number;
  siblings: number;
  /** null: it has nothing below. */
  open: boolean | null;
};

/** @param query words, all of which a node must have; what is above a found node is shown with it */
export function rowsOf(nodes: readonly HeaderNode[], open: ReadonlySet<string>, query: string): ElementRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: ElementRow[] = [];
  const add = (list: readonly HeaderNode[], level: number, parent: string | null, all: boolean) => {
    const shown = list.filter((node) => all || finds(node, words) || anyBelow(node, words));
    shown.forEach((node, i) => {
      const id = `${parent ?? ''}/${node.tag || node.name}`;
      const searched = words.length > 0 && anyBelow(node, words);
      const isOpen = node.children.length === 0 ? null : searched || open.has(id);
      rows.push({ id, node, level, parent, place: i + 1, siblings: shown.length, open: isOpen });
      // Below what is found itself, everything can be opened.
      if (isOpen) add(node.children, level + 1, id, !searched);
    });
  };
  add(nodes, 1, null, words.length === 0);
  return rows;
}

/** Elements below and at the top; items and creators are none. */
export function countElements(nodes: readonly HeaderNode[]): number {
  return nodes.reduce(
    (sum, { kind, children }) => sum + (kind === 'element' ? 1 : 0) + countElements(children),
    0,
  );
}

/** A line for each, indented by its level. */
export function textOf(nodes: readonly HeaderNode[], indent = ''): string {
  return nodes.map((node) => `${indent}${lineOf(node)}\n${textOf(node.children, `${indent}  `)}`).join('');
}

function lineOf({ tag, name, vr, bytes, value }: HeaderNode): string {
  const head = [tag, vr, tag === '' ? '' : lengthWords(bytes)].filter(Boolean).join(' ');
  return `${head && `${head}  `}${name}: ${value.replace(/\s*\n\s*/g, ' ')}`;
}

/** Bytes of a value, in digits; an undefined length by its name. */
export function lengthWords(bytes: number | null): string {
  return bytes === null ? 'undefined' : String(bytes);
}

/** Every word must be in its tag, with or without comma, its name, its VR or its value. */
function finds({ tag, name, vr, value }: HeaderNode, words: readonly string[]): boolean {
  const text =
    `${tag} ${tag.replace(',', '')} ${name} ${name.replace(/\W/g, '')} ${vr} ${value}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function anyBelow({ children }: HeaderNode, words: readonly string[]): boolean {
  return children.some((child) => finds(child, words) || anyBelow(child, words));
}
