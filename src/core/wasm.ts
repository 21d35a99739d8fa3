/** WebAssembly modules as scripts/build-wasm.js writes them: the text of their bytes. */

const PAGE = 65_536;

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The exports of a module, compiled synchronously; throws if WebAssembly or SIMD is missing or forbidden. */
export function instantiate<Exports>(base64: string, imports: WebAssembly.Imports = {}): Exports {
  return instanceOf(new WebAssembly.Module(bytesOf(base64)), imports);
}

/** The exports of another instance with its own memory. */
export function instanceOf<Exports>(module: WebAssembly.Module, imports: WebAssembly.Imports = {}): Exports {
  return new WebAssembly.Instance(module, imports).exports as unknown as Exports;
}

/** Grows a memory to at least this many bytes; growing detaches earlier views. Throws if it can't. */
export function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}
