/** The queue: what is most worth doubting first, each entry with its reason. */
import type { LabelTarget, RowRange } from '../labels/event.ts';
import { rangesOf } from '../labels/ranges.ts';
import type { LabelSource, SliceRef } from '../types.ts';
import { type AuditData, type Evidence, gatherEvidence } from './evidence.ts';
import { KIND_NAMES, KINDS, type KindName } from './kinds/index.ts';
import type { Found } from './kinds/kind.ts';
import { isAnswered } from './settled.ts';
import { refOf } from './table.ts';

/** Plain data, for the page. */
export type Doubt = {
  /** Stays the same for the same images, while their label does. */
  id: string;
  kind: KindName;
  /** 0 to 1. */
  doubt: number;
  /** One sentence with the evidence, and those of other kinds. */
  reason: string;
  also: { kind: KindName; reason: string }[];
  /** Index of a class, or none of them. */
  label: number;
  source: LabelSource;
  /** The class that the evidence speaks for; null for none. */
  proposed: number | null;
  /** The classes that evidence of all kinds speaks for, or nearly does. */
  rivals: readonly number[];
  target: LabelTarget;
  dataset: string;
  /** Key of the series, as of `seriesKey`. */
  series: string;
  slices: number;
  /** A slice to show: the one in doubt, or the middle of the series. */
  show: SliceRef;
  /** A slice to show beside it, such as a twin. */
  beside: SliceRef | null;
};

/** Sorted by doubt. Nothing is said again that the user has answered. */
export function auditQueue(data: AuditData): Doubt[] {
  return queueOf(gatherEvidence(data));
}

export function queueOf(evidence: Evidence): Doubt[] {
  const entries = new Map<string, { kind: KindName; found: Found }[]>();
  for (const kind of KIND_NAMES) {
    for (const found of KINDS[kind].find(evidence)) {
      if (isSettled(evidence, found)) continue;
      const key = `${found.part} ${found.slices?.join(',') ?? ''}`;
      const known = entries.get(key);
      if (known) known.push({ kind, found });
      else entries.set(key, [{ kind, found }]);
    }
  }
  const doubts = [...entries.values()].map((all) => {
    // A stable sort: of equal doubts the first kind of the registry leads.
    const [{ kind, found }, ...rest] = all.sort((a, b) => b.found.doubt - a.found.doubt);
    const also = rest.map((other) => ({ kind: other.kind, reason: other.found.reason }));
    const named = all.flatMap((one) => [one.found.proposed, one.found.rival ?? null]);
    const rivals = [...new Set(named.filter((one) => one !== null))];
    return { first: slicesOf(evidence, found)[0], item: { ...doubtOf(evidence, kind, found), also, rivals } };
  });
  return doubts.sort((a, b) => b.item.doubt - a.item.doubt || a.first - b.first).map(({ item }) => item);
}

function doubtOf(evidence: Evidence, kind: KindName, found: Found): Omit<Doubt, 'also' | 'rivals'> {
  const { table, set, parts } = evidence;
  const part = parts[found.part];
  const { dataset, key } = table.series[part.series];
  const slices = slicesOf(evidence, found);
  const whole = part.whole && found.slices === null;
  const ranges = whole ? [] : byShard(evidence, slices);
  const place = ranges.map(({ shard, rows }) => ` ${shard}:${rows.join(';')}`).join('');
  return {
    id: `${set.id} ${dataset} ${key} ${part.label}${place}`,
    kind,
    doubt: Math.min(1, Math.max(0, found.doubt)),
    reason: found.reason,
    label: part.label,
    source: part.source,
    proposed: found.proposed,
    target: whole ? { kind: 'series', series: [{ dataset, key }] } : { kind: 'slices', slices: ranges },
    dataset,
    series: key,
    slices: slices.length,
    show: refOf(table, slices[slices.length >> 1]),
    beside: found.beside === null ? null : refOf(table, found.beside),
  };
}

function slicesOf({ parts }: Evidence, { part, slices }: Found): Uint32Array {
  return slices ?? parts[part].slices;
}

function isSettled(evidence: Evidence, found: Found): boolean {
  return slicesOf(evidence, found).every((slice) => isAnswered(evidence.settled[slice], found));
}

function byShard({ table }: Evidence, slices: Uint32Array): { shard: number; rows: RowRange[] }[] {
  const rowsOf = new Map<number, number[]>();
  for (const slice of slices.toSorted()) {
    const { shard, row } = refOf(table, slice);
    const rows = rowsOf.get(shard) ?? [];
    rowsOf.set(shard, rows);
    rows.push(row);
  }
  return [...rowsOf].map(([shard, rows]) => ({ shard, rows: rangesOf(rows) }));
}
