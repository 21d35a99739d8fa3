/** Why the figures of a repeated run may be others than those of its record. */
import type { RunRow } from '../../app/state.ts';
import type { Repeats } from '../../core/train/repeat.ts';

export function whyOthers({ device }: Pick<RunRow, 'device'>, repeats: Repeats): string {
  if (device && (device.name !== repeats.device.name || device.adapter !== repeats.device.adapter))
    return 'It was made on another device, whose sums are rounded differently.';
  if (!repeats.sameOrder)
    return 'The slices were added in another order here, so that its batches were made of others.';
  return 'Device, data and settings are the same: the program’s version or the browser may differ.';
}
