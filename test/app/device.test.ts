/** Devices are opened in order: the chosen one, else those that every browser has. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { Device, DeviceHost } from '../../src/core/engine/devices/types.ts';

const { openDevice } = vi.hoisted(() => ({ openDevice: vi.fn() }));
vi.mock('../../src/core/engine/devices/index.ts', () => ({ openDevice }));
const { openWorking } = await import('../../workers/host/device.ts');

let disposed: string[];

/** A device of that name, or an error where it is among those that don't open. */
function opens(broken: readonly string[]): void {
  openDevice.mockImplementation(async (name: string) => {
    if (broken.includes(name)) throw new Error(`${name} does not open.`);
    return { info: { name, reason: 'Chosen.' }, dispose: () => disposed.push(name) } as unknown as Device;
  });
}

const open = (
  choice: 'auto' | 'webgpu' | 'simd',
  use: (device: Device) => Promise<unknown> = async () => 1,
) => openWorking(choice, {} as DeviceHost, use);

beforeEach(() => {
  disposed = [];
  openDevice.mockReset();
});

test('the chosen device is the one that is used, where it works', async () => {
  opens([]);
  const { device } = await open('webgpu');
  expect(device.info).toMatchObject({ name: 'webgpu', reason: 'Chosen.' });
  expect(openDevice).toHaveBeenCalledTimes(1);
});

test('where it does not open, the next one stands in and says why', async () => {
  opens(['webgpu']);
  const { device } = await open('webgpu');
  expect(device.info.name).toBe('simd');
  expect(device.info.reason).toBe('webgpu does not open. This device stands in for it.');
});

test('one that opens but fails when it is put to work is disposed, and the next is tried', async () => {
  opens([]);
  const { device } = await open('webgpu', async ({ info }) => {
    if (info.name !== 'reference') throw new Error(`${info.name} lost.`);
  });
  expect(device.info.name).toBe('reference');
  expect(device.info.reason).toContain('webgpu lost.');
  expect(disposed).toEqual(['webgpu', 'simd']);
});

test('a stand-in that was chosen is tried once; where none works, the chosen one’s error is told', async () => {
  opens(['simd', 'reference']);
  await expect(open('simd')).rejects.toThrow('simd does not open.');
  expect(openDevice.mock.calls.map(([name]) => name)).toEqual(['simd', 'reference']);
});
