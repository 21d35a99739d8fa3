/** Every tile of the matrix products gives the same bits, so that the fastest can be taken whenever it is known. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import type { GpuBackend } from '../../../src/core/engine/devices/webgpu/backend.ts';
import { openWebgpu } from '../../../src/core/engine/devices/webgpu/index.ts';
import { TILES } from '../../../src/core/engine/devices/webgpu/tiles.ts';
import type { Shape4 } from '../../../src/core/engine/ops/conv2d/index.ts';
import { runKernel } from '../../../src/core/engine/ops/kernel.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { uniform } from '../../builders/uniform.ts';
import { HAS_NODE_GPU, openNodeGpu } from '../../fakes/dawn.ts';

/** Rows and columns that fill no tile, a stride, k that is split. */
const LAYERS: { x: Shape4; filter: Shape4; stride: number }[] = [
  { x: [2, 9, 8, 20], filter: [3, 3, 20, 132], stride: 1 },
  { x: [1, 12, 11, 72], filter: [3, 3, 72, 68], stride: 2 },
];

describe.runIf(HAS_NODE_GPU)('on the webgpu device', () => {
  let device: Device;
  let gpu: GpuBackend;
  beforeAll(async () => {
    device = (await openWebgpu(await openNodeGpu(), { allowFallback: true }))!;
    gpu = tf.backend() as unknown as GpuBackend;
  });
  afterAll(() => device.dispose());

  function products({ x: inputShape, filter: filterShape, stride }: (typeof LAYERS)[number]) {
    const random = (shape: Shape4, stream: number) =>
      tf.tensor4d(uniform(stream, tf.util.sizeFromShape(shape)), shape);
    const [x, filter] = [random(inputShape, 1), random(filterShape, 2)];
    const window = { stride, pad: 1 };
    const dy = runKernel('LabConv2d', { x, filter }, { ...window, relu: false, hasBias: false });
    return [
      dy,
      runKernel('LabConv2dBackpropInput', { dy, filter }, { inputShape, ...window }),
      runKernel('LabConv2dBackpropFilter', { x, dy }, { filterShape, ...window }),
    ];
  }

  test.each(LAYERS)('convolution and gradients of $filter, stride $stride', async (layer) => {
    const results = [];
    for (const tile of TILES) {
      const choose = vi.spyOn(gpu.tiles, 'choose').mockReturnValue({ tile });
      results.push(await Promise.all(products(layer).map((tensor) => tensor.data())));
      expect(choose).toHaveBeenCalledTimes(3);
      choose.mockRestore();
    }
    expect(results[0].every((values) => values.some((value) => value !== 0))).toBe(true);
    for (const other of results.slice(1)) expect(other).toEqual(results[0]);
  });
});
