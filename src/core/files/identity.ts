/** Identifiers to keyed hashes: they distinguish patients, series and slices without revealing who they are. */
import type { FileFacts, Identity } from '../formats/types.ts';
import { hex } from '../hex.ts';
import { KEY_BYTES, type SeriesFacts } from '../types.ts';

const HASH_BYTES = 8;
/** Size of the hash cache: the files of a series come one after the other. */
const REMEMBERED = 10_000;

/** Patient IDs that identify no person; compared in lower case without punctuation. */
const GENERIC = new Set([
  'anon',
  'anonym',
  'anonymous',
  'anonymized',
  'anonymised',
  'default',
  'deidentified',
  'dummy',
  'empty',
  'name',
  'noid',
  'noname',
  'none',
  'null',
  'patient',
  'patientid',
  'phantom',
  'removed',
  'test',
  'unknown',
  'unnamed',
]);
const MIN_PATIENT_LETTERS = 4;

/** Whether a PatientID is too unspecific to distinguish two people. */
export function isGenericPatient(id: string): boolean {
  const letters = id.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return letters.length < MIN_PATIENT_LETTERS || GENERIC.has(letters) || new Set(letters).size === 1;
}

export type Identifier = {
  series(facts: FileFacts, identity: Identity, file: FileHash): Promise<SeriesFacts>;
  /** First 16 bytes of HMAC(instance UID or file, frame, pixels). */
  sliceKey(identity: Identity, file: FileHash, frame: number, pixels: Uint8Array): Promise<Uint8Array>;
};

/** SHA-256 of a file's bytes in hex: replaces missing UIDs. Computed on first use. */
export type FileHash = () => Promise<string>;

export function fileHash(bytes: Uint8Array<ArrayBuffer>): FileHash {
  let hash: Promise<string> | null = null;
  return () => {
    hash ??= crypto.subtle.digest('SHA-256', bytes).then((digest) => hex(new Uint8Array(digest)));
    return hash;
  };
}

/** @param key HMAC-SHA-256 */
export function createIdentifier(key: CryptoKey): Identifier {
  const remembered = new Map<string, Promise<string>>();
  let scratch = new Uint8Array(0);

  const hash = (kind: string, value: string) => {
    const text = `${kind}\n${value}`;
    const known = remembered.get(text);
    if (known) return known;
    if (remembered.size >= REMEMBERED) remembered.clear();
    const made = hmac(key, new TextEncoder().encode(text)).then((bytes) =>
      hex(bytes.subarray(0, HASH_BYTES)),
    );
    remembered.set(text, made);
    return made;
  };

  return {
    // Deviations are reported while a file is open, and not stored.
    series: async ({ deviations: _, ...facts }, identity, file) => {
      const { patientFrom, value } = await patientOf(identity, file);
      const [patient, series] = await Promise.all([
        hash(patientFrom, value),
        identity.series ? hash('series', identity.series) : file().then((digest) => hash('file', digest)),
      ]);
      return { ...facts, folders: [], series, patient, patientFrom };
    },

    sliceKey: async (identity, file, frame, pixels) => {
      const origin = identity.instance ? `instance\n${identity.instance}` : `file\n${await file()}`;
      const prefix = new TextEncoder().encode(`${origin}\n${frame}\n`);
      const length = prefix.length + pixels.length;
      if (scratch.length < length) scratch = new Uint8Array(length);
      scratch.set(prefix);
      scratch.set(pixels, prefix.length);
      // `sign` copies the message before it returns, so the buffer may be reused.
      return (await hmac(key, scratch.subarray(0, length))).subarray(0, KEY_BYTES);
    },
  };
}

/** 16 hex digits of the HMAC of a text; `kind` separates equal texts of different kinds. */
export async function hashText(key: CryptoKey, kind: string, text: string): Promise<string> {
  const bytes = await hmac(key, new TextEncoder().encode(`${kind}\n${text}`));
  return hex(bytes.subarray(0, HASH_BYTES));
}

async function patientOf(
  { patient, study, series }: Identity,
  file: FileHash,
): Promise<{ patientFrom: SeriesFacts['patientFrom']; value: string }> {
  if (!isGenericPatient(patient)) return { patientFrom: 'patient', value: patient.trim() };
  if (study) return { patientFrom: 'study', value: study };
  if (series) return { patientFrom: 'series', value: series };
  return { patientFrom: 'file', value: await file() };
}

async function hmac(key: CryptoKey, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
}
