#!/usr/bin/env node
/**
 * Checks the layers of src/core: a room imports only rooms below it, types included, and no file imports itself through
 * others. Part of `npm run check:lint`; `node scripts/floors.js DIR` checks another tree.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = ['bytes', 'codecs', 'image', 'dicom', 'formats'];
const DATA = [...FILES, 'files'];
const LEARN = [...DATA, 'labels', 'dataset', 'engine', 'nn'];

/**
 * Each room of core: its allowed imports, and the reason for no others. Files directly in src/core are below all rooms.
 * @type {Readonly<Record<string, { below: readonly string[], why: string }>>}
 */
export const FLOORS = {
  bytes: { below: [], why: 'Numbers, checksums and inflating know no format.' },
  codecs: { below: ['bytes'], why: 'Codecs know compressed bytes alone; formats and DICOM call them.' },
  image: { below: ['bytes'], why: 'A frame becomes a slice whatever file it comes from.' },
  dicom: { below: ['bytes', 'codecs', 'image'], why: 'A data set does not know which file holds it.' },
  formats: {
    below: ['bytes', 'codecs', 'image', 'dicom'],
    why: 'A format knows one file; drops and archives are above it.',
  },
  files: {
    below: [...FILES, 'labels'],
    why: 'Drops are read for ingest and classify alike: files knows neither.',
  },
  labels: {
    below: ['dicom'],
    why: 'It says what a label is and who gave it; it knows no pixels and no store.',
  },
  dataset: {
    below: [...DATA, 'labels'],
    why: 'It describes what is stored; it reads no files and trains nothing.',
  },
  engine: { below: [], why: 'It computes tensors; networks and data are above it.' },
  augment: { below: [], why: 'It changes pictures; it knows no label, no file and no network.' },
  outliers: { below: ['augment'], why: 'It makes pictures of nothing; it knows no class and no network.' },
  nn: { below: ['engine'], why: 'It describes networks; training them is above it.' },
  evaluate: { below: ['labels'], why: 'It judges predictions, whatever made them.' },
  train: {
    below: [...LEARN, 'augment', 'outliers', 'evaluate'],
    why: 'A run is trained and judged; exports and pages are above it.',
  },
  audit: {
    below: [...LEARN, 'train', 'evaluate'],
    why: 'It doubts labels by what fold models say; it shows and stores nothing.',
  },
  leaks: {
    below: [...DATA, 'labels', 'dataset', 'train', 'audit'],
    why: 'It compares stored slices; it changes no split and stores nothing.',
  },
  baselines: {
    below: [...LEARN, 'train', 'evaluate'],
    why: 'It is trained and judged as a network is; pages and exports are above it.',
  },
  ingest: { below: [...DATA, 'labels', 'dataset'], why: 'One of two callers of files: it needs no network.' },
  classify: {
    below: [...LEARN, 'train', 'evaluate'],
    why: 'One of two callers of files: it stores nothing.',
  },
  explain: {
    below: ['bytes', 'image', 'labels', 'engine', 'nn', 'train', 'evaluate'],
    why: 'It asks a network about one slice, and needs no files.',
  },
  inspect: { below: [...DATA, 'labels'], why: 'It opens one file again, and needs no network.' },
  export: {
    below: [...LEARN, 'train', 'evaluate', 'baselines', 'classify'],
    why: 'It writes what others made.',
  },
  onnx: {
    below: [...LEARN, 'train', 'evaluate', 'baselines', 'classify', 'export'],
    why: 'It turns a file of weights into one for other programs.',
  },
  simulate: {
    below: ['bytes', 'image', 'dicom', 'files'],
    why: 'It makes files that come in like any other, and does not know their readers.',
  },
};

/** @typedef {{ file: string, target: string, erased: boolean }} Import `erased`: a type, gone at run time */

/**
 * Imports from one room of core to another that is not below it, one sentence for each.
 * @param {readonly Import[]} imports
 */
export function crossings(imports) {
  return imports.flatMap(({ file, target }) => {
    const [from, to] = [roomOf(file), roomOf(target)];
    if (from === null || to === null || from === to || to === '') return [];
    if (from === '') return [`${file} imports ${target}: files directly in src/core are below every room.`];
    const floor = FLOORS[from];
    if (!floor) return [`${file}: the room ${from} has no entry in scripts/floors.js.`];
    return floor.below.includes(to) ? [] : [`${file} imports ${target}: ${floor.why}`];
  });
}

/**
 * Import cycles at run time; the shortest path of each.
 * @param {readonly Import[]} imports
 */
export function cycles(imports) {
  /** @type {Map<string, string[]>} */
  const next = new Map();
  for (const { file, target, erased } of imports) {
    if (!erased) next.set(file, [...(next.get(file) ?? []), target]);
  }
  const seen = new Set();
  const found = [];
  for (const start of next.keys()) {
    const path = seen.has(start) ? null : wayBack(start, next);
    if (!path) continue;
    for (const file of path) seen.add(file);
    found.push(`${path.join(' → ')} → ${start}: a circle at run time.`);
  }
  return found;
}

/** @param {string} start @param {ReadonlyMap<string, string[]>} next @returns {string[] | null} */
function wayBack(start, next) {
  const queue = [[start]];
  const reached = new Set();
  for (let path = queue.shift(); path; path = queue.shift()) {
    for (const target of next.get(path[path.length - 1]) ?? []) {
      if (target === start) return path;
      if (reached.has(target)) continue;
      reached.add(target);
      queue.push([...path, target]);
    }
  }
  return null;
}

/** The room of a file of core, '' for a file directly in it, null outside. @param {string} file */
function roomOf(file) {
  const [src, core, room, ...rest] = file.split('/');
  if (src !== 'src' || core !== 'core') return null;
  return rest.length > 0 ? room : '';
}

/**
 * Imports of all files in src and workers, with paths relative to the project. @param {string} root
 * @returns {Import[]}
 */
export function importsOf(root) {
  return ['src', 'workers'].flatMap((folder) => {
    const entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    return entries
      .filter((name) => /\.tsx?$/.test(name) && !name.split(sep).includes('build'))
      .flatMap((name) => {
        const path = join(root, folder, name);
        const file = relative(root, path).split(sep).join('/');
        return statements(readFileSync(path, 'utf8')).map(({ specifier, erased }) => ({
          file,
          target: normalize(join(dirname(file), specifier))
            .split(sep)
            .join('/'),
          erased,
        }));
      });
  });
}

/** Relative imports and re-exports of a file. Dynamic imports do not close a cycle. @param {string} code */
function statements(code) {
  const pattern = /^(?:import|export)\s+(type\s)?(?:([^'";]*?)\sfrom\s+)?'(\.[^']+)'/gm;
  return [...code.matchAll(pattern)].map(([, type, names = '', specifier]) => {
    const inner = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
    const listed = inner
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    return { specifier, erased: Boolean(type) || Boolean(listed?.every((name) => name.startsWith('type '))) };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const imports = importsOf(process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url))));
  const wrong = [...crossings(imports), ...cycles(imports)];
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) process.exit(1);
  console.log(`Floors hold in ${new Set(imports.map(({ file }) => file)).size} files.`);
}
