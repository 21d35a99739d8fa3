/** Failures of a graphics processor. WebGPU reports them late and elsewhere, so they are kept for the next call. */
import { LabError } from '../../../errors.ts';

const OUTCOME = 'Everything up to the last checkpoint is kept.';

export function deviceLost(cause?: unknown): LabError {
  return new LabError(
    'device-lost',
    'The graphics processor stopped: its driver was restarted, or it was taken away.',
    OUTCOME,
    'Continue from the last checkpoint; if it happens again, choose a smaller batch, or the main processor as device.',
    { cause },
  );
}

export function outOfMemory(cause?: unknown): LabError {
  return new LabError(
    'out-of-memory',
    'The graphics processor has too little memory for this.',
    OUTCOME,
    'Choose a smaller batch, image size or network, or the main processor as device.',
    { cause },
  );
}

function rejected(cause: unknown): LabError {
  return new LabError(
    'device-error',
    'The graphics processor rejected a computation.',
    OUTCOME,
    'Choose the main processor as device, or update the browser and the graphics driver.',
    { cause },
  );
}

export type FailureWatch = {
  /** @throws LabError of the first failure: later results of the device can't be trusted */
  check(): void;
  /** Waits for an answer of the device; a rejection means that it is lost. @throws LabError */
  answered<T>(answer: Promise<T>): Promise<T>;
  /** From now on the loss of the device is intended. */
  stop(): void;
};

export function watchFailures(device: GPUDevice): FailureWatch {
  let failure: LabError | null = null;
  let stopped = false;
  const fail = (error: LabError) => {
    if (!stopped) failure ??= error;
  };
  const check = () => {
    if (failure) throw failure;
  };
  device.addEventListener('uncapturederror', ({ error }) => {
    fail(error instanceof GPUOutOfMemoryError ? outOfMemory(error) : rejected(error));
  });
  void device.lost.then((info) => fail(deviceLost(info)));
  return {
    check,
    async answered(answer) {
      const result = await answer.catch((cause: unknown) => {
        check();
        throw deviceLost(cause);
      });
      check();
      return result;
    },
    stop() {
      stopped = true;
    },
  };
}
