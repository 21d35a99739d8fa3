/** Odd one within its series: a slice whose answer differs from that of all. */
import { DISPUTED } from '../doubt.ts';
import { NO_FOLD } from '../folds.ts';
import { likeliest } from '../quality.ts';
import type { Found, Kind } from './kind.ts';
import { nameOf, percent } from './words.ts';

/** With fewer, none is odd. */
const LEAST_SLICES = 4;
/** Most often the slice is only at the end of a body: such doubt counts for less than that of a whole series. */
const WEIGHT = 0.8;

export const odd: Kind = {
  label: 'Odd slice',
  description: 'A slice looks like another class than the series it belongs to.',
  find: ({ parts, predictions, classes, set, against }) => {
    if (!predictions) return [];
    const { probabilities, fold } = predictions;
    return parts.flatMap((part, at): Found[] => {
      const { slices, label, judged } = part;
      const own = against[at];
      // Where the whole part is in doubt, its slices need no doubt of their own.
      if (judged < LEAST_SLICES || own === null || own >= DISPUTED) return [];
      return [...slices].flatMap((slice, place) => {
        const best = likeliest(probabilities, classes, slice);
        if (fold[slice] === NO_FOLD || best === label) return [];
        const p = (c: number) => probabilities[slice * classes + c];
        const doubt = (WEIGHT * (1 + p(best) - p(label))) / 2;
        if (doubt < DISPUTED) return [];
        const reason = `Slice ${place + 1} of ${slices.length} looks like ${nameOf(set, best)} (${percent(p(best))}), the whole series like ${nameOf(set, label)} (${percent(part.probabilities![label])}).`;
        return [{ part: at, slices: Uint32Array.of(slice), doubt, reason, proposed: best, beside: null }];
      });
    });
  },
};
