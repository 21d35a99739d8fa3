/** A disk of CT and MR series as DICOM files, made of rings and noise: JSON settings in the first argument. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DicomElement } from '../../src/core/dicom/write/element.ts';
import { dicomBytes } from '../../src/core/dicom/write/file.ts';
import { hash32 } from '../../src/core/random.ts';

export type DiskSettings = { folder: string; files: number; series: number };

const CT = { modality: 'CT', side: 512, sopClass: '1.2.840.10008.5.1.4.1.1.2' };
const MR = { modality: 'MR', side: 256, sopClass: '1.2.840.10008.5.1.4.1.1.4' };
const ROOT = '1.2.826.0.1.3680043.2.1';

const { folder, files, series } = JSON.parse(process.argv[2]) as DiskSettings;
const each = Math.ceil(files / series);
for (let number = 0; number < series; number++) {
  const kind = number % 2 === 0 ? CT : MR;
  const home = join(folder, `patient_${number >> 2}`, `series_${number}`);
  mkdirSync(home, { recursive: true });
  const body = rings(kind.side, number);
  for (let at = 0; at < Math.min(each, files - number * each); at++) {
    // No two slices are the same.
    body[at] = 4000;
    writeFileSync(join(home, `${at}.dcm`), dicomBytes(elements(kind, body, number, at), 'explicit', []));
  }
}

function rings(side: number, seed: number): Uint16Array {
  return Uint16Array.from({ length: side * side }, (_, i) => {
    const radius = Math.hypot((i % side) / side - 0.5, 1.2 * (Math.floor(i / side) / side - 0.5));
    const grain = hash32(seed, 0, i) % 31;
    return radius < 0.4 ? 1000 + Math.round(60 * Math.sin(radius * 60 + seed)) + grain : grain;
  });
}

function elements(
  { modality, side, sopClass }: typeof CT,
  pixels: Uint16Array,
  series: number,
  at: number,
): DicomElement[] {
  return [
    { tag: 0x00080016, vr: 'UI', value: sopClass },
    { tag: 0x00080018, vr: 'UI', value: `${ROOT}.${series}.1.${at}` },
    { tag: 0x00080060, vr: 'CS', value: modality },
    { tag: 0x00100020, vr: 'LO', value: `BENCH${series >> 2}` },
    { tag: 0x0020000d, vr: 'UI', value: `${ROOT}.${series}` },
    { tag: 0x0020000e, vr: 'UI', value: `${ROOT}.${series}.1` },
    { tag: 0x00200011, vr: 'IS', value: String(series + 1) },
    { tag: 0x00200013, vr: 'IS', value: String(at + 1) },
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: side },
    { tag: 0x00280011, vr: 'US', value: side },
    { tag: 0x00280100, vr: 'US', value: 16 },
    { tag: 0x00280101, vr: 'US', value: 16 },
    { tag: 0x00280102, vr: 'US', value: 15 },
    { tag: 0x00280103, vr: 'US', value: 0 },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(pixels.buffer) },
  ];
}
