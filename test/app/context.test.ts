/** How a command that fails tells the person. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { attempt, type Context, explain } from '../../src/app/context.ts';
import type { Notice } from '../../src/app/state.ts';
import { LabError } from '../../src/core/errors.ts';

let notices: Omit<Notice, 'id'>[];
let patches: unknown[];
let context: Context;

beforeEach(() => {
  notices = [];
  patches = [];
  context = {
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    set: (patch: unknown) => patches.push(patch),
  } as unknown as Context;
});
afterEach(() => vi.unstubAllGlobals());

const fails = (code: string) => () =>
  Promise.reject(new LabError(code as never, 'Cause.', 'Kept.', 'Do this.'));

describe('a command', () => {
  test('that succeeds gives its result and says nothing', async () => {
    expect(await attempt(context, 'Not done.', async () => 3)).toBe(3);
    expect(notices).toEqual([]);
  });

  test('that fails says cause, outcome and next step, and gives nothing', async () => {
    expect(await attempt(context, 'Not done.', fails('storage-full'))).toBeNull();
    expect(notices).toEqual([
      { tone: 'error', title: 'Not done.', detail: 'Cause. Kept.', next: 'Do this.', action: null },
    ]);
    expect(patches).toEqual([]);
  });

  test('that was cancelled is no failure', async () => {
    await attempt(context, 'Not done.', fails('cancelled'));
    expect(notices).toEqual([]);
  });

  test('that finds another writer leaves this tab looking on, and says so', async () => {
    await attempt(context, 'Not done.', fails('writer-lost'));
    expect(patches).toEqual([{ readOnly: true }]);
    expect(notices).toHaveLength(1);
  });
});

describe('where the app’s server is gone', () => {
  const asked = vi.fn();
  beforeEach(() => {
    asked.mockReset().mockRejectedValue(new TypeError('Failed to fetch'));
    vi.stubGlobal('fetch', asked);
  });

  test.each(['worker-crashed', 'device-lost', 'device-unavailable', 'internal'])(
    'it is that which %s comes of',
    async (code) => {
      const error = await fails(code)().catch((reason) => reason);
      expect((await explain(error)).code).toBe('server-gone');
      asked.mockResolvedValue(new Response());
      expect((await explain(error)).code).toBe(code);
    },
  );

  test('one that does not answer in three seconds is gone as well', async () => {
    const late = new AbortController();
    const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
    asked.mockImplementation(
      (_: string, { signal }: RequestInit) =>
        new Promise((__, reject) => {
          signal!.addEventListener('abort', () => reject(signal!.reason));
        }),
    );
    const explained = explain(new TypeError('Failed to fetch'));
    late.abort();
    expect((await explained).code).toBe('server-gone');
    expect(limit).toHaveBeenCalledWith(3000);
    // The page's headers are all that is asked for, and no cache may answer.
    expect(asked.mock.calls[0]).toMatchObject(['./', { method: 'HEAD', cache: 'no-store' }]);
    limit.mockRestore();
  });

  test('a request that failed is of it; what has a cause of its own asks nothing of the server', async () => {
    expect((await explain(new TypeError('Failed to fetch'))).code).toBe('server-gone');
    asked.mockClear();
    expect((await explain(await fails('storage-full')().catch((reason) => reason))).code).toBe(
      'storage-full',
    );
    expect(asked).not.toHaveBeenCalled();
  });
});
