/** A training's state in one file, so that a killed command goes on where it was. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Keep, Kept } from '../generalise/cell.ts';

/** @param key of the settings: a state of other settings is not used */
export function keepIn(path: string, key: string): Keep & { remove(): void } {
  return {
    read() {
      if (!existsSync(path)) return null;
      const stored = deserialize(readFileSync(path)) as { key: string; state: Kept };
      return stored.key === key ? stored.state : null;
    },
    write(state) {
      mkdirSync(dirname(path), { recursive: true });
      // At once: a killed command leaves no half of it.
      writeFileSync(`${path}.part`, serialize({ key, state }));
      renameSync(`${path}.part`, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}
