/** What `npm run conformance`, `malformed` and `fuzz` do; each gives the exit status. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dicomFile } from '../builders/dicom.ts';
import { openArchive } from './archive.ts';
import { MARKER as CONFORMANCE, conformanceCases } from './conformance.ts';
import { fuzz as runFuzz } from './fuzz.ts';
import { checkMalformed, MARKER as MALFORMED } from './malformed.ts';
import { type Failure, print, reportOf } from './report.ts';
import { openSandbox } from './sandbox.ts';
import { fuzzSeeds } from './seeds.ts';

/** Folder of the bundles of the threads' code. */
type Host = { root: string; bundles: URL; json: boolean };

const MEGABYTE = 2 ** 20;

export async function conformance(path: string, { json }: Host): Promise<number> {
  const archive = openArchive(path, CONFORMANCE) ?? absent(path, CONFORMANCE);
  const cases = conformanceCases(archive);
  const failures: Failure[] = [];
  for (const { file, check } of cases) {
    const failure = await check().catch((error) => ({ file, expected: 'no exception', got: String(error) }));
    if (failure) failures.push(failure);
  }
  const explained = cases.flatMap(({ file, explained }) => (explained ? [{ file, reason: explained }] : []));
  print({ ...reportOf(cases.length, failures), explained }, json);
  return failures.length ? 1 : 0;
}

export async function malformed(path: string, { bundles, json }: Host): Promise<number> {
  const archive = openArchive(path, MALFORMED) ?? absent(path, MALFORMED);
  const sandbox = openSandbox(new URL('decodeThread.mjs', bundles));
  const { total, failures, slowestMs, largestBytes } = await checkMalformed(
    archive,
    sandbox,
    goodFile(),
    progress(archive.paths.length),
  );
  await sandbox.close();
  const largestMb = Math.round(largestBytes / MEGABYTE);
  print({ ...reportOf(total, failures), slowestMs, largestMb }, json);
  return failures.length ? 1 : 0;
}

export async function fuzz(
  { count, seed, threads, data }: { count: number; seed: number; threads: number; data: string },
  { root, bundles, json }: Host,
): Promise<number> {
  const begin = performance.now();
  const { failures, ...counts } = await runFuzz({
    seeds: fuzzSeeds(root, openArchive(data, CONFORMANCE)),
    count,
    seed,
    threads,
    code: { fuzz: new URL('fuzzThread.mjs', bundles), decode: new URL('decodeThread.mjs', bundles) },
    onProgress: progress(count),
    onFailure(index, bytes) {
      mkdirSync(join(root, 'out/fuzz'), { recursive: true });
      writeFileSync(join(root, `out/fuzz/${seed}-${index}`), bytes);
    },
  });
  const seconds = (performance.now() - begin) / 1000;
  const perSecond = Math.round(count / seconds);
  print({ ...reportOf(count, failures), seed, ...counts, seconds: Math.round(seconds), perSecond }, json);
  return failures.length ? 1 : 0;
}

/** A line on stderr for every twentieth of the work. */
function progress(count: number): (done: number) => void {
  let next = 0;
  return (done) => {
    if (done < next) return;
    next = done + count / 20;
    console.error(`${done} of ${count}`);
  };
}

/** An image that any decoder in order decodes. */
export function goodFile(): Uint8Array {
  return dicomFile({ rows: 8, columns: 8, pixels: Uint16Array.from({ length: 64 }, (_, i) => i * 17) });
}

function absent(path: string, marker: string): never {
  throw new Error(
    `${path} holds no ${marker}: name the folder of the unpacked archive, or the archive itself.`,
  );
}
