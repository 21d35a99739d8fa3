/** Reads the built-in demo project's files: from the app's own origin. */
import { LabError } from '../core/errors.ts';

type DemoFile = { path: string; bytes: number };

/** The demo's files as a folder drop would give them, `webkitRelativePath` included. */
export async function demoFiles(): Promise<File[]> {
  const base = new URL('demo/', document.baseURI);
  const list = (await (await get(new URL('files.json', base))).json()) as DemoFile[];
  return Promise.all(
    list.map(async ({ path }) => {
      const response = await get(new URL(path, base));
      const file = new File([await response.blob()], path.split('/').at(-1)!);
      // Pickers of folders set this; a File made by hand has it empty.
      Object.defineProperty(file, 'webkitRelativePath', { value: `demo/${path}` });
      return file;
    }),
  );
}

async function get(url: URL): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  throw new LabError(
    'demo-missing',
    'The demo project’s files are not where the app expects them.',
    'Nothing was stored.',
    'Start the app with `npm start`, which serves them.',
  );
}
