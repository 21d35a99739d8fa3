/** A folder of images with planted identifying strings: in names of files and folders, and all over the headers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { hasShared, missing, openShared } from '../harness/shared.ts';
import { type DicomElement, dicomFile } from './dicom.ts';
import { phantom, randomFrom } from './phantom.ts';
import { pngFile } from './png.ts';

/** Elements that name someone or something (PS3.15 Annex E): tag, VR. */
const IDENTIFYING = [
  [0x00080050, 'SH'],
  [0x00080080, 'LO'],
  [0x00080081, 'ST'],
  [0x00080090, 'PN'],
  [0x00081010, 'SH'],
  [0x00081030, 'LO'],
  [0x0008103e, 'LO'],
  [0x00081048, 'PN'],
  [0x00081050, 'PN'],
  [0x00081070, 'PN'],
  [0x00100010, 'PN'],
  [0x00100020, 'LO'],
  [0x00101000, 'LO'],
  [0x00101040, 'LO'],
  [0x00102154, 'SH'],
  [0x00104000, 'LT'],
  [0x00181000, 'LO'],
  [0x00181030, 'LO'],
  [0x00200010, 'SH'],
  [0x00204000, 'LT'],
  [0x00291010, 'UN'],
  [0x00321032, 'PN'],
  [0x00380300, 'LO'],
  [0x00400254, 'LO'],
] as const;

/**
 * Every planted string begins with one of these. They are few, so that a profile of hundreds of megabytes is searched
 * in seconds, and unlike anything that a browser writes.
 */
const TEXT = 'QXZV7';
const UID = '1.2.826.0.1.3680043.9.7731.';
/** Those of the archive of malformed files. */
const SHARED = ['PHI7Q', '1.2.826.0.1.3680043.9.9998.777.'];

export type Canaries = {
  /** To drop: <dataset>/<modality>/… and a datasets.json. */
  drop: string;
  /** To classify. */
  classify: string;
  marks: string[];
};

/** @param folder an empty folder, whose own path holds no canary */
export function plantCanaries(folder: string, seed: number): Canaries {
  const random = randomFrom(seed);
  const pick = (from: string, count: number) =>
    Array.from({ length: count }, () => from[Math.floor(random() * from.length)]).join('');
  const canary = () => TEXT + pick('BCDFGHJKLMNPQRSTVWXZ', 10);
  const uid = () => UID + pick('123456789', 16);
  const write = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  };

  const image = (modality: 'CT' | 'MR', picture: number) => {
    const [patient, series] = [canary(), uid()];
    const elements: DicomElement[] = IDENTIFYING.map(([tag, vr]) => ({
      tag,
      vr,
      value: vr === 'UN' ? new TextEncoder().encode(canary()) : canary(),
    }));
    const nested = [[{ tag: 0x00100010, vr: 'PN', value: canary() }]];
    return dicomFile({
      rows: 64,
      columns: 64,
      pixels: phantom(modality, picture, 64),
      modality,
      patient,
      series,
      study: uid(),
      instance: uid(),
      elements: [
        ...elements.filter(({ tag }) => tag !== 0x00100020),
        { tag: 0x00400275, vr: 'SQ', value: nested },
      ],
    });
  };
  // The top folder, the folder above CT, an archive and its folders: each would have named a dataset.
  const drop = join(folder, canary());
  const classify = join(folder, 'classify');
  let picture = 0;
  for (const dataset of ['one', 'two', 'three']) {
    for (const modality of ['CT', 'MR'] as const) {
      const visit = join(drop, dataset, modality, canary());
      for (let i = 0; i < 4; i++) write(join(visit, `${canary()}.dcm`), image(modality, picture++));
      write(
        join(visit, `${canary()}.png`),
        pngFile({ rows: 64, columns: 64, values: phantom(modality, picture++, 64) }),
      );
      write(join(visit, `${canary()}.dcm`), image(modality, picture++).subarray(0, 900));
      write(join(visit, `${canary()}.txt`), new TextEncoder().encode(canary()));
    }
  }
  for (let i = 0; i < 3; i++) write(join(drop, canary(), 'CT', `${canary()}.dcm`), image('CT', picture++));
  const zipped = {
    [`${canary()}/MR/${canary()}.dcm`]: image('MR', picture++),
    [`MR/${canary()}.dcm`]: image('MR', picture++),
  };
  write(join(drop, `${canary()}.zip`), zipSync(zipped));
  const named = canary();
  write(join(drop, named, 'CT', `${canary()}.dcm`), image('CT', picture++));
  const splits = { [named]: 'train', one: 'train', two: 'validate', three: 'test' };
  const manifest = Object.entries(splits).map(([name, split]) => ({ name, split, location: 'head' }));
  write(join(drop, 'datasets.json'), new TextEncoder().encode(JSON.stringify(manifest)));
  for (let i = 0; i < 3; i++) write(join(classify, canary(), `${canary()}.dcm`), image('CT', picture++));

  if (hasShared('malformed.zip')) {
    for (const [path, bytes] of openShared('malformed.zip', (path) => path.includes('/phi_canary/')))
      write(join(drop, 'one/CT', path.split('/phi_canary/')[1]), bytes);
  } else console.warn(`Canaries in hostile files: ${missing('malformed.zip')}`);
  return { drop, classify, marks: [TEXT, UID, ...SHARED] };
}
