/** Makes the series of a practice project: patient, body, acquisition, stored numbers, files. */
import { random } from '../random.ts';
import type { Acquired, Tick } from './acquired.ts';
import { brainAlone } from './body/alone.ts';
import { makeBody } from './body/index.ts';
import { acquireCt } from './ct/acquire.ts';
import { CT_PROTOCOL, SCOUT_PROTOCOL } from './ct/protocol.ts';
import { acquireScout } from './ct/scout.ts';
import type { Context } from './dicom/context.ts';
import { dicomImage, type ObjectName } from './dicom/index.ts';
import type { Stored } from './dicom/stored.ts';
import { stampFrame } from './frame.ts';
import { acquireMr } from './mr/acquire.ts';
import { CONTRASTS, MR_PROTOCOL, type MrProtocol } from './mr/protocol.ts';
import { makePatient, type Patient } from './patient.ts';
import type { PlannedSeries } from './plan.ts';
import { acquirePt } from './pt/acquire.ts';
import { PT_PROTOCOL } from './pt/protocol.ts';
import type { RegionName } from './region.ts';
import { KEYS, siteOf } from './site/index.ts';
import type { Site } from './site/site.ts';
import { WORDS } from './site/words.ts';
import { OUTSIDE, storeCt, storeMr, storePt, storeXr } from './store.ts';
import type { Body } from './volume.ts';
import { acquireXr } from './xr/acquire.ts';
import { EXPOSURES } from './xr/cassette.ts';
import { MG_PROTOCOL, XR_PROTOCOL } from './xr/protocol.ts';

export { type PlannedSeries, type PracticePlan, planPractice } from './plan.ts';

/** Path below the dropped folder, and the file. */
export type PracticeFile = { path: string; bytes: Uint8Array<ArrayBuffer> };

/** Shares of the total time (1) for the body and for the picture; the rest writes files. */
const BUILDING = 0.2;
const ACQUIRING = 0.75;

/** Number of a body's voxels for a radiograph. Thin parts of a chest are tubes without voxels; fingers are all thin. */
const VOXELS: Partial<Record<RegionName, number>> = {
  chest: 75_000,
  abdomen: 90_000,
  pelvis: 85_000,
  knee: 85_000,
  hand: 120_000,
};

type Shot = {
  series: Acquired;
  stored: Stored;
  object: ObjectName;
  /** Name of the protocol. */
  name: string;
  laterality: Context['laterality'];
};

/** The same item always gives the same bytes. An error from `tick` stops it. */
export async function makeSeries(item: PlannedSeries, tick: Tick = () => {}): Promise<PracticeFile[]> {
  const site = siteOf(item.site);
  const patient = patientOf(item);
  const body = bodyOf(item, patient);
  tick(BUILDING);
  const shot = shotOf(item, site, body, patient, (share) => tick(BUILDING + ACQUIRING * share));
  const context = contextOf(item, site, patient, shot);
  const { syntax } = site[KEYS[item.modality]] ?? { syntax: 'explicit' as const };
  const files: PracticeFile[] = [];
  for (let index = 0; index < shot.stored.slices.length; index++) {
    const bytes = await dicomImage(shot.object, context, index, syntax);
    files.push({ path: `${item.folder}/${String(index + 1).padStart(3, '0')}.dcm`, bytes });
    tick(BUILDING + ACQUIRING + (1 - BUILDING - ACQUIRING) * ((index + 1) / shot.stored.slices.length));
  }
  return files;
}

function patientOf(item: PlannedSeries): Patient {
  const { patientSeed, modality, region } = item;
  const patient = makePatient(patientSeed);
  if (modality !== 'XR')
    return region === 'breast' ? { ...patient, posture: { lie: 'prone', arms: 'up' } } : patient;
  const view = siteOf(item.site).xr?.shots[item.variant]?.views[item.view];
  if (region !== 'breast') {
    // In a view from the side, hanging arms would hide the trunk: the patient lifts them.
    const aside = view === 'LATERAL' || view === 'OBLIQUE';
    return { ...patient, posture: { lie: 'upright', arms: aside ? 'up' : 'down' } };
  }
  return {
    ...patient,
    side: sideAt(item, patient) === 'L' ? 'left' : 'right',
    compressedMm: Math.round(random(patientSeed, 5).between(38, 66)),
    paddle: view === 'MLO' ? 'MLO' : 'CC',
  };
}

/** The last body: series of one patient follow each other. Repeated use of a body gives the same result. */
let last: { key: string; body: Body } | null = null;

function bodyOf({ region }: PlannedSeries, patient: Patient): Body {
  const key = JSON.stringify([region, patient]);
  if (last?.key !== key) last = { key, body: makeBody(region, patient) };
  return last.body;
}

function shotOf(item: PlannedSeries, site: Site, body: Body, patient: Patient, tick: Tick): Shot {
  const make = { CT: ctShot, MR: mrShot, PT: ptShot, XR: xrShot }[item.modality];
  return make(item, site, body, patient, tick);
}

function ctShot(item: PlannedSeries, { ct }: Site, body: Body, _patient: Patient, tick: Tick): Shot {
  const habit = ct ?? absent();
  const dice = random(item.seed);
  const head = item.region === 'head';
  const couch = habit.protocol.couch ?? (head || item.region === 'neck' ? 'headrest' : 'curved');
  const { kept = 'all', ...changes } = habit.variants[item.variant];
  const protocol = {
    ...CT_PROTOCOL,
    couch,
    detail: (habit.protocol.matrix ?? CT_PROTOCOL.matrix) > 320 ? 256 : 224,
    ...habit.protocol,
    ...changes,
    ...(habit.padding === null ? {} : { padding: OUTSIDE }),
  };
  // Gantries are tilted only for heads.
  if (!head) protocol.tilt = 0;
  const series = item.scout
    ? acquireScout(body, { ...SCOUT_PROTOCOL, couch, kv: protocol.kv }, dice, tick)
    : acquireCt(body, protocol, dice, tick);
  if (item.frame) stampFrame(series);
  // The numbers are no longer as acquired (C.8.2.1.1.1).
  if (kept !== 'all' && !item.scout) series.settings.ImageType = ['DERIVED', 'PRIMARY', 'AXIAL'];
  const stored = storeCt(series, habit, head, item.scout, item.scout ? 'all' : kept);
  const name = item.scout
    ? ''
    : `${protocol.kernel} ${protocol.phase === 'none' ? '' : protocol.phase}`.trim();
  return { series, stored, object: 'CT', name, laterality: '' };
}

function mrShot(item: PlannedSeries, { mr }: Site, body: Body, _patient: Patient, tick: Tick): Shot {
  const habit = mr ?? absent();
  const { contrast, orientation, adc = false, brain = false, near = {} } = habit.sequences[item.variant];
  const usual = { ...MR_PROTOCOL, ...habit.protocol, ...CONTRASTS[contrast] };
  const chosen: MrProtocol = { ...usual, ...near, orientation, adc };
  const protocol = { ...chosen, acquired: habit.protocol.acquired ?? linesOf(chosen) };
  const series = acquireMr(brain ? brainAlone(body) : body, protocol, random(item.seed), tick);
  if (brain) series.settings.ImageType = derived(series);
  return {
    series,
    stored: storeMr(series, habit),
    object: 'MR',
    name: adc ? `${contrast} ADC` : contrast,
    laterality: '',
  };
}

/** Number of measured lines of a matrix, unless the sequence has its own. */
function linesOf({ sequence, matrix, acquired }: MrProtocol): MrProtocol['acquired'] {
  if (sequence === 'DWI') return acquired;
  return [8 * Math.round((matrix * 0.875) / 8), 8 * Math.round((matrix * 0.75) / 8)];
}

function ptShot(item: PlannedSeries, { pt }: Site, body: Body, patient: Patient, tick: Tick): Shot {
  const habit = pt ?? absent();
  const head = item.region === 'head';
  const near = head ? { fieldOfView: 256, spacing: 8, duration: 480 } : {};
  const { brain = false, ...changes } = habit.variants[item.variant];
  const protocol = { ...PT_PROTOCOL, ...habit.protocol, ...near, ...changes, weight: patient.weightKg };
  const series = acquirePt(brain && head ? brainAlone(body) : body, protocol, random(item.seed), tick);
  if (brain && head) series.settings.ImageType = derived(series);
  return { series, stored: storePt(series, habit), object: 'PT', name: protocol.tracer, laterality: '' };
}

/** Image Type of pictures with pixels changed after acquisition (C.7.6.1.1.2). */
function derived({ settings }: Acquired): string[] {
  return ['DERIVED', ...[settings.ImageType].flat().map(String).slice(1)];
}

function xrShot(item: PlannedSeries, { xr }: Site, body: Body, patient: Patient, tick: Tick): Shot {
  const habit = xr ?? absent();
  const { region, views, near = 1 } = habit.shots[item.variant];
  const view = views[item.view];
  const { height: high, width: wide, ...exposure } = EXPOSURES[region];
  const [height, width] = [near * high, near * wide];
  const paired = isPaired(region);
  // The body of a breast has the side already.
  const side = paired ? sideOf(patient) : 'R';
  const pitch = Math.max(height, width) / habit.side;
  const protocol = {
    ...(region === 'breast' ? MG_PROTOCOL : XR_PROTOCOL),
    ...exposure,
    mas: view === 'LATERAL' ? exposure.mas * 3 : exposure.mas,
    // No letters over letters: letters written into the picture replace lead letters.
    marker: habit.burned ? null : side,
    ...habit.protocol,
    view,
    angle: 40,
    voxels: VOXELS[region] ?? 220_000,
    rows: 2 * Math.round(height / pitch / 2),
    columns: 2 * Math.round(width / pitch / 2),
    pitch,
  } as const;
  const series = acquireXr(body, protocol, random(item.seed), tick);
  const object = region === 'breast' ? 'MG' : habit.object;
  return {
    series,
    stored: storeXr(series, habit, side),
    object,
    name: String(series.settings.ViewPosition),
    laterality: paired ? side : '',
  };
}

/** Mammograms show one side after the other. */
function sideAt({ view }: PlannedSeries, patient: Patient): 'L' | 'R' {
  const own = sideOf(patient);
  return view % 2 === 0 ? own : own === 'L' ? 'R' : 'L';
}

function isPaired(region: RegionName): boolean {
  return region === 'breast' || region === 'hand' || region === 'knee';
}

function sideOf({ side }: Patient): 'L' | 'R' {
  return side === 'left' ? 'L' : 'R';
}

function contextOf(item: PlannedSeries, site: Site, patient: Patient, shot: Shot): Context {
  const words = WORDS[site.language];
  const region = words.regions[item.region];
  const [row, column] = shot.series.orientation;
  const plane = row[0] === 0 ? 'sagittal' : column[1] === 0 ? 'coronal' : 'axial';
  const habit = site[KEYS[item.modality]] ?? absent();
  const what = item.scout ? words.localizer : shot.name;
  const description = item.modality === 'MR' ? `${what} ${words.planes[plane]}` : `${region} ${what}`;
  return {
    series: shot.series,
    stored: shot.stored,
    scanner: {
      institution: site.name,
      manufacturer: habit.manufacturer,
      model: habit.model,
      software: 'PRACTICE 1',
      station: `PRACTICE_${item.modality}`,
      characterSet: site.characterSet,
      filling: site.filling,
    },
    patient,
    patientNumber: item.patient,
    siteCode: site.code,
    region: item.region,
    seriesNumber: item.series,
    studyDescription: region,
    seriesDescription: description,
    protocolName: description,
    // PET gives the position in codes instead (C.8.9.5).
    position:
      item.modality === 'XR' || item.modality === 'PT'
        ? ''
        : item.region === 'breast'
          ? 'HFP'
          : site.position,
    laterality: shot.laterality || (isPaired(item.region) ? sideOf(patient) : ''),
    studySeed: studySeed(item),
    seriesSeed: item.seed,
  };
}

/** The same for all series of one patient at one site. */
function studySeed({ site, patient, patientSeed }: PlannedSeries): number {
  let seed = patientSeed ^ (patient << 24);
  for (const letter of site) seed = Math.imul(seed, 31) + letter.charCodeAt(0);
  return seed >>> 0;
}

function absent(): never {
  throw new RangeError('the site has no such scanner');
}
