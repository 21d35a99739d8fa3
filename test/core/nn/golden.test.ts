/** Whole networks on every device, against PyTorch: test/fakes/fivesteps.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device, DeviceName } from '../../../src/core/engine/devices/types.ts';
import { HAS_NODE_GPU, openNodeGpu } from '../../fakes/dawn.ts';
import { GOLDENS, trainGolden } from '../../fakes/fivesteps.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';

const DEVICES: DeviceName[] = [...NODE_DEVICES, ...(HAS_NODE_GPU ? (['webgpu'] as const) : [])];

describe.each(DEVICES)('on %s', (name) => {
  let device: Device;
  beforeAll(async () => {
    device = await openDevice(name, name === 'webgpu' ? await openNodeGpu() : nodeHost);
  });
  afterAll(() => device.dispose());

  // Full ones take minutes on the reference and on an emulated graphics processor; the narrow ones have every op.
  const affordable = GOLDENS.filter((golden) => name === 'simd' || golden.name.startsWith('narrow'));

  test.each(affordable.map((golden) => [golden.name, golden] as const))(
    '%s trains as PyTorch does',
    async (_, golden) => {
      const deviations = await trainGolden(device, golden);
      expect(deviations.length).toBeGreaterThan(100);
      for (const { what, error, allowed } of deviations) expect(error, what).toBeLessThan(allowed);
    },
    300_000,
  );
});
