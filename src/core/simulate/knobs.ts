/** The knobs of a simulated scanner: each changes a few settings of its modality's protocol. */
import type { SimulatedModality } from './acquired.ts';
import { CT_KNOBS, type CtSettings } from './knob/ct.ts';
import type { Knob, Settings } from './knob/knob.ts';
import { MR_KNOBS, type MrSettings } from './knob/mr.ts';
import { PT_KNOBS, type PtSettings } from './knob/pt.ts';
import { MG_KNOBS, XR_KNOBS, type XrSettings } from './knob/xr.ts';
import type { RegionName } from './region.ts';

type ProtocolSettings = { CT: CtSettings; MR: MrSettings; PT: PtSettings; XR: XrSettings };

/** The knobs of a modality in their order on the page; a breast has its own machine. */
export function knobsOf<M extends SimulatedModality>(
  modality: M,
  region: RegionName,
): readonly Knob<ProtocolSettings[M]>[] {
  const all = { CT: CT_KNOBS, MR: MR_KNOBS, PT: PT_KNOBS, XR: region === 'breast' ? MG_KNOBS : XR_KNOBS };
  return all[modality] as unknown as readonly Knob<ProtocolSettings[M]>[];
}

/**
 * The changes of the usual protocol by the settings. A knob in its usual position changes nothing. An unknown knob, or
 * a knob with an invalid value, is ignored.
 */
export function changesOf<M extends SimulatedModality>(
  modality: M,
  region: RegionName,
  settings: Settings,
): Partial<ProtocolSettings[M]> {
  const changes: Partial<ProtocolSettings[M]> = {};
  for (const knob of knobsOf(modality, region)) {
    const stop = knob.stops.find(({ value }) => value === settings[knob.key]);
    if (stop && stop.value !== knob.usual) Object.assign(changes, stop.sets);
  }
  return changes;
}
