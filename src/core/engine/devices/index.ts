/** The registry of devices, and the choice between them. */
import { LabError } from '../../errors.ts';
import * as tf from '../tf.ts';
import type { Device, DeviceHost, DeviceName } from './types.ts';

/** The device to compute on: by name, or the fastest available. */
export type DeviceChoice = 'auto' | DeviceName;

type Entry = {
  /** Its tfjs backend. */
  backend: string;
  /** null if the machine has no such device. An emulated graphics adapter is only used on an explicit choice. */
  open(host: DeviceHost, explicit: boolean): Promise<Device | null>;
};

/** Modules load when opened, so that kernels of unused devices are not downloaded. */
const DEVICES: Record<DeviceName, Entry> = {
  webgpu: {
    backend: 'webgpu',
    open: async (host, explicit) =>
      host.gpu && (await import('./webgpu/index.ts')).openWebgpu(host, { allowFallback: explicit }),
  },
  simd: { backend: 'simd', open: async (host) => (await import('./simd/index.ts')).openSimd(host) },
  reference: { backend: 'cpu', open: async () => (await import('./reference.ts')).openReference() },
};

/** @throws LabError `device-unavailable` if the chosen device does not exist here */
export async function openDevice(choice: DeviceChoice, host: DeviceHost): Promise<Device> {
  if (choice !== 'auto') {
    const device = await DEVICES[choice].open(host, true);
    if (device) return because(device, 'Chosen by you.');
    throw unavailable();
  }
  const graphics = await openGraphics(host);
  if (typeof graphics !== 'string')
    return because(graphics, 'The graphics processor is the fastest device here.');
  const processor = await DEVICES.simd.open(host, false);
  if (!processor) throw unavailable();
  return because(processor, graphics);
}

/** The graphics processor, or a sentence why it isn't used. */
async function openGraphics(host: DeviceHost): Promise<Device | string> {
  if (!host.gpu) return 'This browser has no WebGPU, so the main processor computes.';
  try {
    const device = await DEVICES.webgpu.open(host, false);
    return device ?? 'WebGPU finds no graphics processor, so the main processor computes.';
  } catch {
    return 'The graphics processor could not be started, so the main processor computes.';
  }
}

function unavailable(): LabError {
  return new LabError(
    'device-unavailable',
    'This browser gives no access to the chosen device.',
    'Nothing was changed.',
    'Choose the automatic device, or allow WebGPU in the browser.',
  );
}

function because(device: Device, reason: string): Device {
  device.info.reason = reason;
  return device;
}

/** Makes a device's backend the current tfjs backend. */
export async function activate(device: Device): Promise<void> {
  await tf.setBackend(DEVICES[device.info.name].backend);
}
