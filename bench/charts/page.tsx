/** The page of `npm run bench -- charts`: the curves of a run that goes on, drawn by plain SVG or by recharts. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { RunCharts } from '../../src/ui/charts/RunCharts.tsx';
import { LabContext } from '../../src/ui/context.ts';
import { createFakeLab } from '../../test/fakes/lab.ts';
import { history, points, STATES } from '../../test/fakes/state.ts';
import { LibraryCharts } from './LibraryCharts.tsx';

export type Asked = { drawn: 'svg' | 'recharts'; points: number; perSecond: number; seconds: number };

/** So large are both charts on a page of 1366×768. */
const [WIDTH, HEIGHT] = [760, 190];
const EPOCHS = 10;

const lab = createFakeLab(STATES['train/running']());
const place = document.createElement('div');
Object.assign(place.style, { display: 'flex', width: `${WIDTH}px`, height: `${2 * HEIGHT + 80}px` });
document.body.append(place);

async function go({ drawn, points: most, perSecond, seconds }: Asked): Promise<number> {
  const root = createRoot(place);
  const all = points(most, EPOCHS);
  const epochs = history(EPOCHS - 1, EPOCHS);
  const updates = Math.round(seconds * perSecond);
  for (let i = 0; i < updates; i++) {
    const begunMs = performance.now();
    // The later half of a run, where the curves are long.
    const now = all.slice(0, Math.floor(most * (0.5 + (0.5 * i) / updates)));
    const done = epochs.filter(({ epoch }) => epoch <= now[now.length - 1].epoch);
    const shown = { points: now, history: done, epochs: EPOCHS };
    root.render(
      createElement(
        LabContext,
        { value: lab },
        drawn === 'svg'
          ? createElement(RunCharts, { ...shown, run: null, empty: '' })
          : createElement(LibraryCharts, { ...shown, width: WIDTH, height: HEIGHT }),
      ),
    );
    await new Promise((done) =>
      setTimeout(done, Math.max(0, 1000 / perSecond - (performance.now() - begunMs))),
    );
  }

  root.unmount();
  return updates;
}

Object.assign(globalThis, { go });
