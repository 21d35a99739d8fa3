/** Makes `navigator.gpu` and WebGPU's classes global in Node, as in a browser. */
export function installGpu(gpu: GPU, globals: object): void {
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
}
