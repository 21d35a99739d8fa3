/** The workers that share one bundle: each is the service of its name, also for a call that comes before it is loaded. */
import { afterEach, expect, test } from 'vitest';
import { type Connection, connect } from '../../src/core/rpc.ts';
import type { TrainService } from '../../src/core/train/contract.ts';

let worker: Worker | null = null;
afterEach(() => worker?.terminate());

function open<Service extends object>(name: string): Connection<Service> {
  worker = new Worker(new URL('../../workers/engine.ts', import.meta.url), { type: 'module', name });
  return connect<Service>(worker);
}

test('a call made at once is answered, and only once', async () => {
  const { call } = open<TrainService>('train');
  await expect(call.probe({ device: 'reference' })).resolves.toMatchObject({ name: 'reference' });
});

type Served = Record<string, (args: object) => Promise<unknown>>;
/** A method of each that no other has. */
const OWN = { train: 'proceed', classify: 'feed', explain: 'inside', audit: 'rank' };

test.each(Object.entries(OWN))('%s serves its own methods alone', async (name, own) => {
  const { call } = open<Served>(name);
  for (const method of Object.values(OWN)) {
    const refused = call[method]({}).then(
      () => false,
      ({ message }: Error) => message.includes('There is no method'),
    );
    expect(await refused, method).toBe(method !== own);
  }
});

test('a name that no service has is an error of the worker', async () => {
  const { call } = open<Served>('nothing');
  await expect(call.anything({})).rejects.toMatchObject({ code: 'worker-crashed' });
});
