/** The run in progress, collected outside the page's state and copied into it once per frame. */

import { addPoint, type CurvePoint, rewind } from '../core/train/curve.ts';
import type { TrainEvent } from '../core/train/events.ts';
import type { Context } from './context.ts';
import type { LiveRun } from './state.ts';

export type Live = {
  begin(run: string, points: readonly CurvePoint[]): void;
  event(event: TrainEvent): void;
  /** Shown at once: the current step may take a while. */
  stopping(how: LiveRun['stopping']): void;
  end(): void;
};

/** @param onFrame calls back before the next paint */
export function createLive(set: Context['set'], onFrame: (callback: () => void) => void): Live {
  let live: LiveRun | null = null;
  let scheduled = false;

  function show(): void {
    if (scheduled) return;
    scheduled = true;
    onFrame(() => {
      scheduled = false;
      set({ live: live && { ...live } });
    });
  }

  return {
    begin: (run, points) => {
      live = {
        run,
        phase: 'preparing',
        stopping: null,
        phaseDone: 0,
        phaseTotal: 0,
        latest: points.at(-1) ?? null,
        points: [...points],
        watched: null,
        elsewhere: false,
      };
      set({ live: { ...live } });
    },
    event: (event) => {
      if (!live) return;
      switch (event.kind) {
        case 'phase':
          Object.assign(live, { phase: event.phase, phaseDone: event.done, phaseTotal: event.total });
          break;
        case 'resumed':
          // Points after the checkpoint are computed again.
          live.points = rewind(live.points, event.step);
          break;
        case 'point':
          live.latest = event.point;
          live.points = addPoint(live.points, event.point);
          break;
        case 'watching':
          live.watched = { slices: event.slices, probabilities: null };
          break;
        case 'watched':
          if (live.watched) live.watched = { ...live.watched, probabilities: event.probabilities };
          break;
        case 'device':
        case 'firstPoint':
        case 'epoch':
        case 'checkpoint':
          return;
        default:
          event satisfies never;
      }
      show();
    },
    stopping: (how) => {
      if (!live) return;
      live.stopping = how;
      set({ live: { ...live } });
    },
    end: () => {
      live = null;
      set({ live: null });
    },
  };
}
