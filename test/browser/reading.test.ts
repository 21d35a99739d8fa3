/** While files are read, figures change several times a second: the page draws those, not all that it shows. */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { STATES } from '../fakes/state.ts';
import { leave, show } from '../harness/show.ts';

test('progress of a drop draws no dataset anew, a new figure of one does', async () => {
  let drawn = 0;
  const state = STATES['data/partial']();
  // A row's location is read when the row is drawn, and by nothing else on the page.
  const datasets = state.datasets.map((row) =>
    Object.defineProperty({ ...row }, 'location', {
      enumerable: true,
      get: () => {
        drawn++;
        return row.location;
      },
    }),
  );
  const lab = show({ ...state, datasets });
  const bar = page.getByTestId('job-bar');
  await expect.element(bar).toBeVisible();
  expect(drawn).toBeGreaterThanOrEqual(datasets.length);

  const { job, drops } = state;
  drawn = 0;
  for (let done = 1; done <= 20; done++) {
    lab.state.setState({
      job: job && { ...job, done, total: 7777 },
      drops: drops.map((drop) => ({ ...drop, read: done })),
    });
    await expect.element(bar).toHaveTextContent(`${done} / 7,777`);
  }
  expect(drawn).toBe(0);
  lab.state.setState({ datasets: [...datasets] });
  await expect.poll(() => drawn).toBeGreaterThan(0);
  leave();
});
