/** WebGPU in Node, where the pieces are installed: Dawn on Chromium's software Vulkan. Correct, far too slow to time. */
import { existsSync } from 'node:fs';
import type { DeviceHost } from '../../src/core/engine/devices/types.ts';
import { nodeHost } from './host.ts';

const VULKAN_LOADER = '/usr/lib/chromium/libvulkan.so.1';
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';
/** dlopen's RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE: the library stays although it is no Node module. */
const KEEP_LOADED = 0x1102;

export const HAS_NODE_GPU = process.platform === 'linux' && existsSync(VULKAN_LOADER) && existsSync(DRIVER);

/** Makes `navigator.gpu` and WebGPU's classes global, as in a browser. */
export function installGpu(gpu: GPU, globals: object): void {
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
}

/** A host with a software graphics processor. Call only if HAS_NODE_GPU. */
export async function openNodeGpu(): Promise<DeviceHost & { gpu: GPU }> {
  process.env.VK_ICD_FILENAMES = DRIVER;
  try {
    process.dlopen({ exports: {} }, VULKAN_LOADER, KEEP_LOADED);
  } catch {
    // It registers no module; from now on Dawn finds it by its name.
  }
  const { create, globals } = await import('webgpu');
  const gpu = create([]);
  installGpu(gpu, globals);
  return { ...nodeHost, gpu };
}
