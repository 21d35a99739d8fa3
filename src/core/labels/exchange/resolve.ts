/** A table of labels laid over the stored slices: which label each slice gets, and which rows give none, with the reason. */

import { unguarded } from '../../readCsv.ts';
import { classIndex, type LabelSet, NO_CLASS } from '../labelSet.ts';
import { createMatcher, LEVELS, type MatchedBy, type Project } from './match.ts';
import type { LabelTable, TableRow } from './readTable.ts';

/** In a column of resolved labels: no row says anything of the slice. NO_CLASS: a row says that it is in no class. */
export const UNSAID = -1;

export type Resolved = {
  /** For each slice, index into the set's classes, NO_CLASS or UNSAID. */
  label: Int16Array;
  rows: number;
  matched: number;
  /** Numbers of the lines that match, by what of them was known here. */
  by: Record<MatchedBy, number[]>;
  /** Numbers of the lines that name nothing known here, or a name that several files have. */
  unknown: number[];
  several: number[];
  /** Lines without a class. */
  unlabelled: number[];
  /** Lines whose class the set does not have, by the class's name in the file. */
  strange: { name: string; lines: number[] }[];
  /** Lines that give one slice different labels; those slices are left alone. */
  contradicting: number[];
  /** How many rows are of a set with another id. */
  otherSet: number;
  readers: string[];
};

export function resolve(table: LabelTable, set: LabelSet, project: Project): Resolved {
  const match = createMatcher(project);
  const classOf = classFinder(set);
  const { count } = project.list;
  const label = new Int16Array(count).fill(UNSAID);
  const level = new Int8Array(count).fill(-1);
  /** The line that gave a slice its label. */
  const lineOf = new Int32Array(count);
  const clash = new Uint8Array(count);
  const contradicting = new Set<number>();
  const strange = new Map<string, { name: string; lines: number[] }>();
  const readers = new Set<string>();
  const result: Resolved = {
    ...{ label, rows: table.rows.length, matched: 0, unknown: [], several: [], unlabelled: [] },
    ...{ strange: [], contradicting: [], otherSet: 0, readers: [] },
    by: { id: [], content: [], file: [], dataset: [] },
  };
  for (const row of table.rows) {
    if (row.setId !== '' && row.setId !== set.id) result.otherSet++;
    const given = classOf(row);
    if (given === 'none') {
      result.unlabelled.push(row.line);
      continue;
    }
    const found = match(row);
    if (found.level === null) {
      result[found.why].push(row.line);
      continue;
    }
    result.matched++;
    result.by[found.by].push(row.line);
    if (row.reader !== '') readers.add(row.reader);
    if (typeof given === 'object') {
      const known = strange.get(given.name.toLowerCase());
      if (known) known.lines.push(row.line);
      else strange.set(given.name.toLowerCase(), { name: given.name, lines: [row.line] });
      continue;
    }
    const rank = LEVELS.indexOf(found.level);
    for (const slice of found.slices) {
      if (rank < level[slice]) continue;
      if (rank > level[slice]) {
        [level[slice], label[slice], lineOf[slice], clash[slice]] = [rank, given, row.line, 0];
      } else if (label[slice] !== given) {
        clash[slice] = 1;
        contradicting.add(lineOf[slice]).add(row.line);
      }
    }
  }
  for (let slice = 0; slice < count; slice++) if (clash[slice] === 1) label[slice] = UNSAID;
  return {
    ...result,
    strange: [...strange.values()].sort((a, b) => b.lines.length - a.lines.length),
    contradicting: [...contradicting].sort((a, b) => a - b),
    readers: [...readers],
  };
}

/** `none`: the row gives no label. An export says of a slice in no class who put it there. */
function classFinder(set: LabelSet): (row: TableRow) => number | 'none' | { name: string } {
  const names = new Map<string, number>();
  const enter = (name: string, at: number) => {
    if (!names.has(plain(name))) names.set(plain(name), at);
  };
  for (const [at, { name }] of set.classes.entries()) enter(name, at);
  for (const [at, { id }] of set.classes.entries()) enter(id, at);
  for (const id of Object.keys(set.merged)) {
    const at = classIndex(set, id);
    if (at !== NO_CLASS) enter(id, at);
  }
  const known = (name: string) => names.get(plain(name)) ?? names.get(plain(unguarded(name)));
  return ({ classId, class: name, source, setId }) => {
    if (classId === '' && name === '') {
      return ['user', 'import', 'model'].includes(plain(source)) ? NO_CLASS : 'none';
    }
    // Ids of another set mean other classes.
    const byId = setId === '' || setId === set.id ? classIndex(set, classId) : NO_CLASS;
    if (byId !== NO_CLASS) return byId;
    return known(name) ?? (name === '' ? known(classId) : undefined) ?? { name: name || classId };
  };
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
