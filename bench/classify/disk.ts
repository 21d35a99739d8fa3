/**
 * A disk of CT and MR series of simulated patients as DICOM files, 16 bits a pixel, not compressed: JSON settings in the
 * first argument.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { random } from '../../src/core/random.ts';
import type { Acquired, Frame } from '../../src/core/simulate/acquired.ts';
import { makeBody } from '../../src/core/simulate/body/index.ts';
import { acquireCt } from '../../src/core/simulate/ct/acquire.ts';
import { CT_PROTOCOL } from '../../src/core/simulate/ct/protocol.ts';
import type { Context } from '../../src/core/simulate/dicom/context.ts';
import { dicomImage } from '../../src/core/simulate/dicom/index.ts';
import type { Stored } from '../../src/core/simulate/dicom/stored.ts';
import { acquireMr } from '../../src/core/simulate/mr/acquire.ts';
import { CONTRASTS, MR_PROTOCOL } from '../../src/core/simulate/mr/protocol.ts';
import { makePatient } from '../../src/core/simulate/patient.ts';
import type { RegionName } from '../../src/core/simulate/region.ts';
import { CT, MR, SITE } from '../../src/core/simulate/site/habit.ts';
import { storeCt, storeMr } from '../../src/core/simulate/store.ts';

export type DiskSettings = { folder: string; files: number; series: number };

/** Slices that are measured of each series; those between are interpolated, as overlapping reconstructions are. */
const MEASURED = 25;
const REACH_MM = 200;
const PLACES: readonly RegionName[] = ['chest', 'head', 'abdomen', 'pelvis', 'knee'];
const WEIGHTINGS = ['T1', 'T2', 'STIR'] as const;

type Part = { number: number; region: RegionName; slices: number };

const { folder, files, series } = JSON.parse(process.argv[2]) as DiskSettings;
const each = Math.ceil(files / series);
// Whole or not there: a run that was stopped leaves nothing that looks like a disk.
const making = `${folder}.${process.pid}`;
for (let number = 0; number < series; number++) {
  const slices = Math.min(each, files - number * each);
  if (slices > 0) await write(making, { number, region: PLACES[(number >> 1) % PLACES.length], slices });
}
mkdirSync(dirname(folder), { recursive: true });
rmSync(folder, { recursive: true, force: true });
renameSync(making, folder);

/** A CT and an MR of each patient, in turn. */
async function write(disk: string, part: Part): Promise<void> {
  const { number, slices } = part;
  const isCt = number % 2 === 0;
  const context = contextOf(part, isCt ? ctOf(part) : mrOf(part));
  const home = join(disk, `patient_${number >> 1}`, `series_${number}`);
  mkdirSync(home, { recursive: true });
  for (let at = 0; at < slices; at++) {
    const bytes = await dicomImage(isCt ? 'CT' : 'MR', context, at, 'explicit');
    writeFileSync(join(home, `${String(at + 1).padStart(4, '0')}.dcm`), bytes);
  }
}

type Made = { acquired: Acquired; stored: Stored };

function ctOf({ number, region, slices }: Part): Made {
  const measured = Math.min(slices, MEASURED);
  const protocol = {
    ...CT_PROTOCOL,
    ...{ matrix: 512, detail: 256, slices: measured, spacing: REACH_MM / measured },
    couch: region === 'head' ? ('headrest' as const) : ('curved' as const),
  };
  const acquired = between(acquireCt(bodyOf(number, region), protocol, random(number)), slices);
  const habit = { ...CT, variants: [], regions: [] };
  return { acquired, stored: storeCt(acquired, habit, region === 'head', false) };
}

function mrOf({ number, region, slices }: Part): Made {
  const measured = Math.min(slices, MEASURED);
  const weighting = CONTRASTS[WEIGHTINGS[(number >> 1) % WEIGHTINGS.length]];
  const protocol = { ...MR_PROTOCOL, ...weighting, slices: measured, spacing: REACH_MM / measured };
  const acquired = between(acquireMr(bodyOf(number, region), protocol, random(number)), slices);
  return { acquired, stored: storeMr(acquired, { ...MR, sequences: [] }) };
}

function bodyOf(number: number, region: RegionName) {
  return makeBody(region, makePatient(1000 + (number >> 1)));
}

/** So many slices over the same way. */
function between(acquired: Acquired, slices: number): Acquired {
  const { frames } = acquired;
  const made = Array.from({ length: slices }, (_, i): Frame => {
    const place = slices === 1 ? 0 : (i * (frames.length - 1)) / (slices - 1);
    const from = Math.min(Math.floor(place), Math.max(0, frames.length - 2));
    const [a, b] = [frames[from], frames[Math.min(from + 1, frames.length - 1)]];
    const share = place - from;
    const [x, y, z] = a.position.map((value, d) => value + share * (b.position[d] - value));
    return {
      values: a.values.map((value, at) => value + share * (b.values[at] - value)),
      position: [x, y, z],
    };
  });
  return { ...acquired, frames: made };
}

function contextOf({ number, region }: Part, { acquired, stored }: Made): Context {
  return {
    series: acquired,
    stored,
    scanner: {
      ...{ institution: 'Practice Disk', manufacturer: CT.manufacturer, model: CT.model },
      ...{ software: 'PRACTICE 1', station: 'PRACTICE', characterSet: SITE.characterSet, filling: 'full' },
    },
    patient: makePatient(1000 + (number >> 1)),
    patientNumber: (number >> 1) + 1,
    siteCode: 'DISK',
    region,
    seriesNumber: (number % 2) + 1,
    ...{ studyDescription: region, seriesDescription: `${region} ${number}`, protocolName: region },
    position: SITE.position,
    laterality: '',
    studySeed: 5000 + (number >> 1),
    seriesSeed: 7000 + number,
  };
}
