/** WebGPU in Node, where the pieces are installed: Dawn on Chromium's software Vulkan. Correct, far too slow to time. */
import { existsSync } from 'node:fs';
import type { DeviceHost } from '../../src/core/engine/devices/types.ts';
import type { GpuBackend } from '../../src/core/engine/devices/webgpu/backend.ts';
import { nodeHost } from './host.ts';
import { installGpu } from './navigator.ts';

const VULKAN_LOADER = '/usr/lib/chromium/libvulkan.so.1';
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';
/** dlopen's RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE: the library stays although it is no Node module. */
const KEEP_LOADED = 0x1102;

export const HAS_NODE_GPU = process.platform === 'linux' && existsSync(VULKAN_LOADER) && existsSync(DRIVER);

/** A host with a software graphics processor. Call only if HAS_NODE_GPU. */
export async function openNodeGpu(): Promise<DeviceHost & { gpu: GPU }> {
  process.env.VK_ICD_FILENAMES = DRIVER;
  try {
    process.dlopen({ exports: {} }, VULKAN_LOADER, KEEP_LOADED);
  } catch {
    // It registers no module; from now on Dawn finds it by its name.
  }
  const { create, globals } = await import('webgpu');
  // Clearing workgroup memory, which no kernel of ours relies on, takes SwiftShader's compiler seconds a kernel.
  const gpu = create(['enable-dawn-features=disable_workgroup_init']);
  installGpu(gpu, globals);
  return { ...nodeHost, gpu };
}

/** Enough for the results of a test. */
const POISON = new Float32Array(2 ** 18).fill(Number.NaN);

/** Fills memory that kernels get next with NaN: a result left over from before can't pass for a new one. */
export function poisonFreeMemory(backend: GpuBackend): void {
  backend.submit();
  for (const { buffer, holes } of backend.arena.slabs) {
    for (const { offset, size } of holes) {
      backend.queue.writeBuffer(buffer, offset, POISON, 0, Math.min(size / 4, POISON.length));
    }
  }
}
