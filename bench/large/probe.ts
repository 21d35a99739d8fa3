/** What bench/cli/large.js measures inside a page: a script that runs before the page's own. */

/** Longer than anything takes. */
const LOST_MS = 120_000;
/** Looking at the tiles costs time: not in every frame. */
const LOOK_EVERY = 30;
/** A page without changes for so long has settled; one that always changes is left after the other. */
const REST_MS = 600;
const MOST_REST_MS = 5000;

/** Uses of stored records since the page began, as "get shards". */
const uses: Record<string, number> = {};

for (const name of ['get', 'getAll', 'put', 'add'] as const) {
  const of = IDBObjectStore.prototype[name] as (...given: unknown[]) => IDBRequest;
  Object.assign(IDBObjectStore.prototype, {
    [name](this: IDBObjectStore, ...given: unknown[]) {
      const key = `${name} ${this.name}`;
      uses[key] = (uses[key] ?? 0) + 1;
      return of.apply(this, given);
    },
  });
}

const frame = () => new Promise<number>((done) => requestAnimationFrame(done));

/** Until the screen shows the last change. */
async function painted(): Promise<void> {
  await frame();
  await new Promise((done) => setTimeout(done));
}

async function until(holds: () => boolean): Promise<number> {
  const begun = performance.now();
  while (!holds()) {
    if (performance.now() - begun > LOST_MS) throw new Error(`Waited in vain: ${holds.toString()}`);
    await frame();
  }
  return performance.now();
}

const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector)!;
const testId = (id: string) => `[data-testid="${id}"]`;

/** Tiles or rows in sight of their scroller. */
function inSight(scroller: Element, tile: string): Element[] {
  const box = scroller.getBoundingClientRect();
  return [...scroller.querySelectorAll(tile)].filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return bottom > box.top + 1 && top < box.bottom - 1;
  });
}

const isBlank = (tile: Element) => tile.querySelector('canvas') === null;

/** ms of a change until it is painted. */
async function timed(change: () => void): Promise<number> {
  const begun = performance.now();
  change();
  await painted();
  return performance.now() - begun;
}

const probe = {
  painted,
  uses: () => ({ ...uses }),

  /** Presses something: ms until tiles are there, until the first picture, and until all in sight. */
  async open(press: string, scroller: string, tile: string) {
    const begun = performance.now();
    find(press).click();
    const tiles = await until(() => find(`${scroller} ${tile}`) !== null);
    const first = await until(() => find(`${scroller} ${tile} canvas`) !== null);
    const all = await until(() => !inSight(find(scroller), tile).some(isBlank));
    return { tilesMs: tiles - begun, firstPictureMs: first - begun, picturesMs: all - begun };
  },

  /**
   * Presses something: ms until the next painted frame, and until the page's last change; its long tasks (above 50 ms)
   * and the elements that are there then.
   */
  async show(press: string) {
    const tasks: number[] = [];
    const seen = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    seen.observe({ type: 'longtask' });
    const begun = performance.now();
    let changed = begun;
    const changes = new MutationObserver(() => {
      changed = performance.now();
    });
    changes.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    find(press).click();
    await painted();
    const paintedMs = performance.now() - begun;
    while (performance.now() - Math.max(changed, begun) < REST_MS && performance.now() - begun < MOST_REST_MS)
      await new Promise((done) => setTimeout(done, 50));
    await painted();
    changes.disconnect();
    seen.disconnect();
    return {
      paintedMs,
      settledMs: Math.max(paintedMs, changed - begun),
      longTasks: tasks.length,
      longTaskMs: Math.max(0, ...tasks),
      elements: document.querySelectorAll('*').length,
    };
  },

  /** Scrolls by so many pixels a frame: ms of each frame, and the share of tiles in sight without a picture. */
  async scroll(selector: string, frames: number, pixels: number, tile: string | null) {
    const scroller = find(selector);
    const times: number[] = [];
    let [blank, seen] = [0, 0];
    let before = await frame();
    for (let i = 1; i <= frames; i++) {
      scroller.scrollTop += pixels;
      const now = await frame();
      times.push(now - before);
      before = now;
      if (tile === null || i % LOOK_EVERY > 0) continue;
      const tiles = inSight(scroller, tile);
      seen += tiles.length;
      blank += tiles.filter(isBlank).length;
      before = await frame();
    }
    return { times, blank: seen === 0 ? 0 : blank / seen };
  },

  choose: (id: string, value: string) =>
    timed(() => {
      const select = find<HTMLSelectElement>(testId(id));
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }),

  type: (id: string, text: string) =>
    timed(() => {
      const field = find<HTMLInputElement>(testId(id));
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }),

  click: (selector: string) => timed(() => find(selector).click()),

  /** ms of a key press until it is painted, and until it is stored. */
  async key(key: string, more: KeyboardEventInit = {}) {
    const begun = performance.now();
    const paintedMs = await timed(() => {
      const on = document.activeElement ?? document.body;
      on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
    });
    await until(() => (find(testId('label-unsaved'))?.dataset.unsaved ?? '0') === '0');
    return { paintedMs, storedMs: performance.now() - begun };
  },

  /** Label events in the database. */
  events: () =>
    new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open('modality-lab');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const counted = database.transaction('labelEvents').objectStore('labelEvents').count();
        counted.onerror = () => reject(counted.error);
        counted.onsuccess = () => {
          database.close();
          resolve(counted.result);
        };
      };
    }),
};

export type Probe = typeof probe;

Object.assign(globalThis, { probe });
