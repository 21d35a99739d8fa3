/** The registry of the kinds of doubt. Equal doubts of one image count as the first of these. */

import { alike } from './alike.ts';
import type { Kind } from './kind.ts';
import { odd } from './odd.ts';
import { sure } from './sure.ts';
import { tag } from './tag.ts';
import { twin } from './twin.ts';
import { unlabelled } from './unlabelled.ts';
import { unsure } from './unsure.ts';

export const KINDS = { tag, sure, alike, twin, odd, unlabelled, unsure } as const satisfies Record<
  string,
  Kind
>;

export type KindName = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as KindName[];
