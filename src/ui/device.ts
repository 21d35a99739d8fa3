/** A device in words. */
import type { DeviceInfo, DeviceName } from '../core/engine/devices/types.ts';

export const DEVICE_LABELS = {
  webgpu: 'WebGPU',
  simd: 'CPU (SIMD)',
  reference: 'CPU (reference)',
} as const satisfies Record<DeviceName, string>;

/** "WebGPU · nvidia ampere", "CPU (SIMD) · 8 threads". */
export function deviceName(device: DeviceInfo): string {
  const detail = device.adapter ?? `${device.threads} ${device.threads === 1 ? 'thread' : 'threads'}`;
  return `${DEVICE_LABELS[device.name]} · ${detail}`;
}

/** Bytes of the machine's memory, rounded and capped by the browser; null if not reported. */
export function machineMemory(): number | null {
  const { deviceMemory } = navigator as Navigator & { deviceMemory?: number };
  return deviceMemory === undefined ? null : deviceMemory * 2 ** 30;
}
