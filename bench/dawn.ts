/** WebGPU in Node: Dawn, for machines with a graphics processor and no browser. */
import type { DeviceHost, DeviceMemory } from '../src/core/engine/devices/types.ts';
import { installGpu } from '../test/fakes/navigator.ts';

/** Chrome rounds times to 0.1 ms; Dawn here may give exact times. */
const FLAGS = ['disable-dawn-features=timestamp_quantization'];

/** Call it before any part of tfjs loads, because tfjs reads `navigator.gpu`. @param flags Dawn's own switches */
export async function dawnHost(flags: string[] = []): Promise<DeviceHost> {
  const { create, globals } = await import('webgpu');
  const gpu = create([...FLAGS, ...flags]);
  installGpu(gpu, globals);
  const found = new Map<string, string>();
  const memory: DeviceMemory = {
    recall: async (adapter) => found.get(adapter) ?? null,
    keep: (adapter, text) => {
      found.set(adapter, text);
      console.error(`${adapter}: ${text}`);
    },
  };
  return { spawnThread: null, cores: 1, sharedMemory: false, gpu, nowMs: () => performance.now(), memory };
}
