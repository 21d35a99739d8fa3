/** The run in progress, gathered outside the page's state and shown in it once a frame. */
import type { CurvePoint, TrainEvent } from '../core/protocol.ts';
import type { Context } from './context.ts';
import type { LiveRun } from './state.ts';

/** Points kept for the curve; beyond it every other one goes. */
const MOST_POINTS = 4000;

export type Live = {
  begin(run: string, points: readonly CurvePoint[]): void;
  event(event: TrainEvent): void;
  end(): void;
};

/** @param onFrame calls back before the next painting */
export function createLive(set: Context['set'], onFrame: (callback: () => void) => void): Live {
  let live: LiveRun | null = null;
  let scheduled = false;

  function show(): void {
    if (scheduled) return;
    scheduled = true;
    onFrame(() => {
      scheduled = false;
      // The array stays the same and grows; the object around it is new, so that the page notices.
      set({ live: live && { ...live } });
    });
  }

  function addPoint(run: LiveRun, point: CurvePoint): void {
    run.latest = point;
    run.points.push(point);
    if (run.points.length <= MOST_POINTS) return;
    const kept = run.points.filter((_, i) => i % 2 === 1);
    run.points.splice(0, run.points.length, ...kept);
  }

  return {
    begin: (run, points) => {
      live = {
        run,
        phase: 'preparing',
        phaseDone: 0,
        phaseTotal: 0,
        latest: points.at(-1) ?? null,
        points: [...points],
      };
      set({ live: { ...live } });
    },
    event: (event) => {
      if (!live) return;
      switch (event.kind) {
        case 'phase': {
          Object.assign(live, { phase: event.phase, phaseDone: event.done, phaseTotal: event.total });
          // A training that goes on from a checkpoint draws what came after it anew.
          const ahead = live.points.findIndex(({ step }) => step > event.done);
          if (event.phase === 'training' && ahead >= 0) live.points.splice(ahead);
          break;
        }
        case 'point':
          addPoint(live, event.point);
          break;
        case 'device':
        case 'epoch':
        case 'checkpoint':
          return;
        default:
          event satisfies never;
      }
      show();
    },
    end: () => {
      live = null;
      set({ live: null });
    },
  };
}
