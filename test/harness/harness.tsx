/**
 * Shows any page in any state: `/test/harness/harness.html?page=train&state=running&theme=light`, from `npm run dev`.
 * `points=5000&tick=10` lets a training go on, ten updates a second.
 */
import { createRoot } from 'react-dom/client';
import { THEMES } from '../../src/app/state.ts';
import { App } from '../../src/ui/App.tsx';
import { LabContext } from '../../src/ui/context.ts';
import { createFakeLab } from '../fakes/lab.ts';
import { points, STATES } from '../fakes/state.ts';

const query = new URLSearchParams(location.search);
const name = `${query.get('page') ?? 'data'}/${query.get('state') ?? 'full'}`;
const make = STATES[name];
if (!make) throw new Error(`No state ${name}; there are ${Object.keys(STATES).join(', ')}`);
const state = make();
const lab = createFakeLab({
  ...state,
  theme: THEMES.find((theme) => theme === query.get('theme')) ?? 'dark',
});

const tick = Number(query.get('tick'));
if (tick > 0 && state.live) {
  const all = points(Number(query.get('points') ?? 1000), 10);
  const live = { ...state.live, points: all.slice(0, Math.floor(all.length * 0.9)) };
  setInterval(() => {
    const latest = all[live.points.length % all.length];
    live.points.push(latest);
    lab.state.setState({ live: { ...live, latest } });
  }, 1000 / tick);
}

createRoot(document.getElementById('root')!).render(
  <LabContext value={lab}>
    <App />
  </LabContext>,
);
