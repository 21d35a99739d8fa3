/** Functional groups of enhanced objects (PS3.3 C.7.6.16): attributes of each frame, or shared by all. */
import { type DataSet, item } from './dataSet.ts';
import { TAGS } from './tags.ts';

/** The first item of any of these sequences in a frame's groups, else in the shared groups; null if there is none. */
export function firstOfFrame(body: DataSet, sequences: readonly number[], frame: number): DataSet | null {
  for (const groups of [item(body, TAGS.frameGroups, frame), item(body, TAGS.sharedGroups)]) {
    const tag = groups && sequences.find((sequence) => groups.elements.has(sequence));
    if (tag) return item(groups, tag);
  }
  return null;
}

/** Where a frame's attributes are: in its own groups, in the shared groups, or in the data set. */
export function frameGroup(body: DataSet, sequence: number): (frame: number) => DataSet {
  const shared = item(body, TAGS.sharedGroups);
  const ofAll = (shared && item(shared, sequence)) ?? body;
  return (frame) => {
    const groups = item(body, TAGS.frameGroups, frame);
    return (groups && item(groups, sequence)) ?? ofAll;
  };
}
