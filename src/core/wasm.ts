/** WebAssembly modules as scripts/build-wasm.js writes them: the text of their bytes. */

const PAGE = 65_536;

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The exports of a module that is compiled here and now; throws where WebAssembly or its vectors are missing, or forbidden. */
export function instantiate<Exports>(base64: string, imports: WebAssembly.Imports = {}): Exports {
  return instanceOf(new WebAssembly.Module(bytesOf(base64)), imports);
}

/** The exports of one more instance, with a memory of its own. */
export function instanceOf<Exports>(module: WebAssembly.Module, imports: WebAssembly.Imports = {}): Exports {
  return new WebAssembly.Instance(module, imports).exports as unknown as Exports;
}

/** Makes a memory at least so large, in bytes; views made before are dead then. Throws where it can't be so large. */
export function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}
