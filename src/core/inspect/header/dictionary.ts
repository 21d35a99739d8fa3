/** VR and name of an element of the standard, by its number. */
import { STANDARD } from './standard.ts';

/** `vr`: XS is US or SS, by Pixel Representation. */
export type Entry = { vr: string; name: string };

/** Curves and overlays repeat in the even groups 5000 to 50FE and 6000 to 60FE (PS3.5 7.6). */
const REPEATED = [0x50, 0x60];

let entries: ReadonlyMap<number, Entry> | undefined;

/** null: not in the standard. Groups have odd numbers where elements are private. */
export function entryOf(tag: number): Entry | null {
  entries ??= readStandard();
  const [group, element] = [tag >>> 16, tag & 0xffff];
  if (group % 2 === 1) return element >= 0x10 && element <= 0xff ? CREATOR : null;
  const first = REPEATED.includes(group >>> 8) ? (group & 0xff00) * 65_536 + element : tag;
  return entries.get(tag) ?? entries.get(first) ?? (element === 0 ? GROUP_LENGTH : null);
}

const CREATOR: Entry = { vr: 'LO', name: 'Private Creator' };
const GROUP_LENGTH: Entry = { vr: 'UL', name: 'Group Length' };

function readStandard(): Map<number, Entry> {
  const read = new Map<number, Entry>();
  for (const line of STANDARD.trim().split('\n')) {
    const group = Number.parseInt(line.slice(0, 4), 16) * 65_536;
    for (const one of line.slice(5).split('|')) {
      const element = Number.parseInt(one.slice(0, 4), 16);
      read.set(group + element, { vr: one.slice(4, 6), name: one.slice(6) });
    }
  }
  return read;
}
