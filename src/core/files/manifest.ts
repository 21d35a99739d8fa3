/** Reads a datasets.json: names, splits and body locations of the folders beside it. */

import { LabError } from '../errors.ts';
import { SPLITS, type Split } from '../types.ts';
import { type DatasetFacts, readFacts } from './datasetFacts.ts';

export const MANIFEST_NAME = 'datasets.json';
export const MANIFEST_MAX_BYTES = 1_000_000;
const MAX_TEXT = 200;

export type ManifestEntry = { split: Split; location: string; facts?: DatasetFacts };
/** By dataset name, which is also the name of its folder. A Map, since the names are untrusted. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

export function isManifest(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase() === MANIFEST_NAME;
}

/**
 * An array of `{ name, split, location }`, with facts of the datasets where these are texts; further members of an entry
 * are ignored.
 * @throws LabError 'manifest' that tells the error without quoting the file
 */
export function parseManifest(text: string): Manifest {
  if (text.length > MANIFEST_MAX_BYTES) throw invalid('it is larger than 1 MB');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw invalid('it is not valid JSON');
  }
  if (!Array.isArray(parsed)) throw invalid('it is not a list');
  const manifest = new Map<string, ManifestEntry>();
  parsed.forEach((entry: unknown, i) => {
    const { name, ...described } = fields(entry, i);
    if (manifest.has(name)) throw invalid(`entry ${i + 1} repeats a name`);
    manifest.set(name, described);
  });
  return manifest;
}

/** Writes the format that `parseManifest` reads, for datasets named like their folders. */
export function writeManifest(
  datasets: readonly { name: string; split: Split; location: string; facts?: DatasetFacts }[],
): ({ name: string; split: Split; location: string } & DatasetFacts)[] {
  return datasets.map(({ name, split, location, facts }) => ({ name, split, location, ...facts }));
}

function fields(entry: unknown, i: number): ManifestEntry & { name: string } {
  const at = `entry ${i + 1}`;
  if (typeof entry !== 'object' || entry === null) throw invalid(`${at} is not an object`);
  const { name, split, location = '' } = entry as Record<string, unknown>;
  if (typeof name !== 'string' || !name || name.length > MAX_TEXT) throw invalid(`${at} has no usable name`);
  const known = SPLITS.find((one) => one === split);
  if (!known) throw invalid(`the split of ${at} is none of ${SPLITS.join(', ')}`);
  if (typeof location !== 'string' || location.length > MAX_TEXT) {
    throw invalid(`the location of ${at} is not a short text`);
  }
  const facts = readFacts(entry as Record<string, unknown>);
  return { name, split: known, location, ...(Object.keys(facts).length > 0 ? { facts } : {}) };
}

function invalid(why: string): LabError {
  return new LabError(
    'manifest',
    `The datasets.json was not used: ${why}.`,
    'The images were read; their datasets are named by their folders.',
    'Correct the file and drop the folder again, or set names and splits on the Data page.',
  );
}
