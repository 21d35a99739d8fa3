/** The passes in a browser's worker, because the app decodes in workers; files come from the bench's own server. */
import { digest, pass } from './pass.ts';

let files: Uint8Array[] = [];

self.addEventListener('message', async ({ data }: MessageEvent<{ load?: string[] }>) => {
  try {
    if (data.load) {
      files = [];
      for (const url of data.load) files.push(new Uint8Array(await (await fetch(url)).arrayBuffer()));
      self.postMessage({ result: await digest(files) });
    } else self.postMessage({ result: await pass(files) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
});
