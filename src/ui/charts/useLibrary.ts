/** The library that draws the charts, loaded when the first of them is shown. */
import { useEffect, useState } from 'react';

export type Library = typeof import('./recharts.ts');
type Loaded = Library | 'loading' | 'failed';

let loaded: Library | null = null;

export function useLibrary(): Loaded {
  const [library, setLibrary] = useState<Loaded>(loaded ?? 'loading');
  useEffect(() => {
    let wanted = true;
    load().then(
      (found) => wanted && setLibrary(found),
      () => wanted && setLibrary('failed'),
    );
    return () => {
      wanted = false;
    };
  }, []);
  return library;
}

async function load(): Promise<Library> {
  loaded ??= await import('./recharts.ts');
  return loaded;
}
