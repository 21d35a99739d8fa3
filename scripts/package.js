#!/usr/bin/env node
/** `npm run package`: the built app as one folder and one zip, for any server of static files. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { commandLine } from './args.js';
import { hostingText } from './hosting.js';
import { build, fail, ROOT } from './setup.js';

/** Its text for whoever puts it on a server. */
const GUIDE = 'MODALITY-LAB-HOSTING.txt';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const { values } = commandLine({
  usage: 'npm run package',
  about: 'writes the built app, with the rules of five servers, as one folder and one zip',
  options: {
    out: {
      type: 'text',
      value: 'DIR',
      default: `out/modality-lab-${version}`,
      about: 'the folder; the zip lies beside it',
    },
  },
});

const folder = resolve(values.out);
const zip = `${folder}.zip`;
// Only what this command wrote before is replaced.
if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, GUIDE)))
  fail(`--out: ${folder} has other files in it. Nothing was written; name another folder.`);

build();
const { zipSync } = await import('fflate');
rmSync(folder, { recursive: true, force: true });
cpSync(join(ROOT, 'dist'), folder, { recursive: true });
writeFileSync(join(folder, GUIDE), hostingText());
writeFileSync(zip, zipSync(filesOf(folder), { level: 9, mtime: '1980-01-01T00:00:00' }));
console.log(`${folder}\n${zip}\n${GUIDE} in it says how to serve it.`);

/** Every file below a folder, by its path in the zip. @param {string} top */
function filesOf(top) {
  return Object.fromEntries(
    readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [
        [basename(top), ...relative(top, file).split(sep)].join('/'),
        new Uint8Array(readFileSync(file)),
      ]),
  );
}
