/** The passes in Node: a line of JSON in, a line of JSON out, like the Python twin. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { digest, pass } from './pass.ts';

let files: Uint8Array[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  const { load } = JSON.parse(line) as { load?: string[] };
  if (load) files = load.map((path) => new Uint8Array(readFileSync(path)));
  console.log(JSON.stringify(load ? await digest(files) : await pass(files)));
}
