/** What readAhead uses of a FileReader, for Node, which has none. Importing this puts it in its place. */

class FakeFileReader {
  result: ArrayBuffer | null = null;
  onloadstart: ((event: { total: number }) => void) | null = null;
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  #aborted = false;

  readAsArrayBuffer(file: Blob): void {
    void this.#read(file);
  }

  abort(): void {
    this.#aborted = true;
  }

  async #read(file: Blob): Promise<void> {
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes) return this.onerror?.();
    this.onloadstart?.({ total: bytes.byteLength });
    if (this.#aborted) return;
    this.result = bytes;
    this.onload?.();
  }
}

Object.assign(globalThis, { FileReader: FakeFileReader });
