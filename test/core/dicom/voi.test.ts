/** The windows that a DICOM file brings along: which frame has which, and what is none. */
import { parseDicom } from 'dicom-parser';
import { describe, expect, test } from 'vitest';
import { TAGS } from '../../../src/core/dicom/tags.ts';
import { openFile } from '../../../src/core/formats/decode.ts';
import type { Window } from '../../../src/core/image/window.ts';
import { createInspector, type RawImage } from '../../../src/core/inspect/service.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { type DicomElement, type DicomImage, dicomFile } from '../../builders/dicom.ts';
import { describeShared } from '../../harness/describeShared.ts';
import { openShared } from '../../harness/shared.ts';

const image: DicomImage = { rows: 2, columns: 2, frames: 3, pixels: new Uint16Array(12) };

function voi(centre: string, width: string, shape?: string): DicomElement[] {
  return [
    { tag: TAGS.windowCentre, vr: 'DS', value: centre },
    { tag: TAGS.windowWidth, vr: 'DS', value: width },
    ...(shape ? [{ tag: TAGS.voiFunction, vr: 'CS', value: shape }] : []),
  ];
}

async function windowsOf(bytes: Uint8Array): Promise<Window[][]> {
  const file = await openFile(bytes, {});
  if (isSkip(file)) throw new Error(file.code);
  return Array.from({ length: file.frameCount }, (_, frame) => file.windows?.(frame) ?? []);
}

const made = async (elements: DicomElement[], more: Partial<DicomImage> = {}) =>
  windowsOf(dicomFile({ ...image, ...more, elements }));

describe('windows of a file', () => {
  test('are as many as it names, each with the function it names', async () => {
    const lung = { centre: -600, width: 1500 };
    const [windows] = await made(voi('40\\-600 ', '4.0e2\\1500'));
    expect(windows).toEqual([
      { centre: 40, width: 400, shape: 'linear' },
      { ...lung, shape: 'linear' },
    ]);
    expect((await made(voi('-600', '1500', 'LINEAR_EXACT')))[0]).toEqual([lung]);
    expect((await made(voi('-600', '1500', 'SIGMOID')))[0]).toEqual([{ ...lung, shape: 'sigmoid' }]);
  });

  test('are told once where they are named twice', async () => {
    const [windows] = await made(voi('40\\-600\\40\\40', '400\\1500\\400\\80'));
    expect(windows.map(({ centre, width }) => [centre, width])).toEqual([
      [40, 400],
      [-600, 1500],
      [40, 80],
    ]);
  });

  test('are those of the frame, else of all frames, else of the data set', async () => {
    const inGroup = (centre: string): DicomElement => ({
      ...{ tag: TAGS.voiLuts, vr: 'SQ' },
      value: [voi(centre, '10')],
    });
    const frames: DicomElement = {
      tag: TAGS.frameGroups,
      vr: 'SQ',
      value: [[inGroup('1')], [], [inGroup('3')]],
    };
    const shared: DicomElement = { tag: TAGS.sharedGroups, vr: 'SQ', value: [[inGroup('7')]] };
    const centres = async (...elements: DicomElement[]) =>
      (await made(elements)).map(([window]) => window.centre);
    expect(await centres(frames, shared, ...voi('9', '10'))).toEqual([1, 7, 3]);
    expect(await centres(frames, ...voi('9', '10'))).toEqual([1, 9, 3]);
    expect(await centres(...voi('9', '10'))).toEqual([9, 9, 9]);
  });

  test('without a width, or of what are no numbers, are none', async () => {
    for (const [centre, width] of [
      ['40', '0'],
      ['40', '-1'],
      ['40', ''],
      ['', '400'],
      ['NaN', '400'],
      ['40', 'Infinity'],
    ])
      expect((await made(voi(centre, width)))[0]).toEqual([]);
    expect((await made(voi('1\\2\\3', '5\\0\\7')))[0].map(({ centre }) => centre)).toEqual([1, 3]);
    expect((await made([]))[0]).toEqual([]);
  });

  test('narrower than a step, or of floating point pixels, are exact', async () => {
    expect((await made(voi('0.5', '0.25')))[0]).toEqual([{ centre: 0.5, width: 0.25 }]);
    const floats = { tag: TAGS.floatPixels, vr: 'OF', value: new Uint8Array(48) };
    const none = { tag: TAGS.pixels, vr: '', value: '' };
    const elements = [...voi('0.5', '1'), none, floats, { tag: TAGS.bitsAllocated, vr: 'US', value: 32 }];
    expect((await made(elements))[0]).toEqual([{ centre: 0.5, width: 1 }]);
  });

  test('of colour images are not asked for', async () => {
    const rgb = { photometric: 'RGB', samples: 3, frames: 1, pixels: new Uint8Array(12) };
    expect(await made(voi('127', '255'), rgb)).toEqual([[]]);
  });

  test('are in modality values, also of MONOCHROME1 and negative slopes', async () => {
    const slope = [
      { tag: TAGS.rescaleSlope, vr: 'DS', value: '-2' },
      { tag: TAGS.rescaleIntercept, vr: 'DS', value: '100' },
    ];
    for (const photometric of ['MONOCHROME1', 'MONOCHROME2']) {
      const pixels = Uint16Array.of(0, 10, 20, 30);
      const elements = [...voi('70', '60'), ...slope];
      const bytes = dicomFile({ rows: 2, columns: 2, pixels, photometric, elements });
      const context = { signal: new AbortController().signal, emit: () => {} };
      const original = { id: 'o', file: new Blob([bytes]), inside: null };
      const reading = { antialias: false, padding: 'exclude' } as const;
      const raw = (await createInspector().frame(
        { original, frame: 0, preprocessing: reading },
        context,
      )) as RawImage;
      expect(raw.windows).toEqual([{ centre: 70, width: 60, shape: 'linear' }]);
      // What the window is laid over: 40 to 100.
      expect(raw.histogram).toMatchObject({ low: 40, high: 100 });
      expect(raw.inverted).toBe(photometric === 'MONOCHROME1');
    }
  });
});

describeShared('conformance.zip')('of real files', () => {
  test.each(['conformance.zip', 'ct_lidc_chest.zip', 'pt_qin_hn_cps.zip'])(
    '%s has the windows that dicom-parser finds',
    async (name) => {
      let compared = 0;
      for (const [path, bytes] of openShared(name)) {
        const expected = oracleWindows(bytes);
        const file = await openFile(bytes, {});
        if (!expected || isSkip(file) || !file.facts.photometric?.startsWith('MONOCHROME')) continue;
        const found = (file.windows?.(0) ?? []).map(({ centre, width }) => [centre, width]);
        const once = [...new Map(expected.map((window) => [window.join(), window])).values()];
        expect([path, found]).toEqual([path, once]);
        compared += found.length;
      }
      expect(compared).toBeGreaterThan(20);
    },
  );

  test('enhanced files have them frame by frame', async () => {
    const read = async (name: string) => {
      const [[, bytes]] = openShared('conformance.zip', (path) => path.endsWith(name));
      return (await windowsOf(bytes)).map(([window]) => (window ? [window.centre, window.width] : null));
    };
    expect(await read('MultiframeWindowing.dcm')).toEqual([[16, 128], null, null, null]);
    const scan = await read('XA10/6_2.dcm');
    expect([scan[0], scan.at(-1)]).toEqual([
      [623, 1354],
      [622, 1351],
    ]);
  });
});

/** Centres and widths of the first frame; null where the oracle can't read the file. */
function oracleWindows(bytes: Uint8Array): number[][] | null {
  try {
    const whole = parseDicom(bytes, { untilTag: 'x7fe00010' });
    const group = (tag: string) =>
      whole.elements[tag]?.items?.[0]?.dataSet?.elements.x00289132?.items?.[0]?.dataSet;
    const source = group('x52009230') ?? group('x52009229') ?? whole;
    const numbers = (tag: string) => (source.string(tag) ?? '').split('\\').map(Number);
    const widths = numbers('x00281051');
    return numbers('x00281050').flatMap((centre, i) => (widths[i] > 0 ? [[centre, widths[i]]] : []));
  } catch {
    return null;
  }
}
