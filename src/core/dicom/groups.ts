/** Functional groups of enhanced objects (PS3.3 C.7.6.16): what is said of each frame, or once of all. */
import { type DataSet, item } from './dataset.ts';
import { TAGS } from './tags.ts';

/** Where a sequence's elements stand for a frame: in its own groups, in those that all share, or in the data set. */
export function frameGroup(body: DataSet, sequence: number): (frame: number) => DataSet {
  const shared = item(body, TAGS.sharedGroups);
  const ofAll = (shared && item(shared, sequence)) ?? body;
  return (frame) => {
    const groups = item(body, TAGS.frameGroups, frame);
    return (groups && item(groups, sequence)) ?? ofAll;
  };
}
