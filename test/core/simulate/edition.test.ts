/** The edition is raised when pictures or plans change. */
import { expect, test } from 'vitest';
import { openFile } from '../../../src/core/formats/decode.ts';
import { DEFAULT_CHOICES } from '../../../src/core/simulate/choices.ts';
import { EDITION } from '../../../src/core/simulate/edition.ts';
import { makeSeries, planPractice } from '../../../src/core/simulate/practice.ts';
import { isSkip } from '../../../src/core/skip.ts';

/** A series each; what all of a modality share shows in any of them. */
const ASKED = ['CT chest', 'CT head', 'MR head', 'MR knee', 'PT chest', 'XR chest', 'XR breast', 'XR hand'];

/** Of each edition: how many files the default makes, and mean and deviation of a picture of each series. */
const PRINTS: Record<number, unknown> = {
  1: {
    files: 629,
    'CT chest': ['387', '518'],
    'CT head': ['1.04e+3', '26.8'],
    'MR head': ['264', '402'],
    'MR knee': ['429', '337'],
    'PT chest': ['1.29e+3', '3.07e+3'],
    'XR chest': ['699', '301'],
    'XR breast': ['905', '243'],
    'XR hand': ['868', '255'],
  },
  2: {
    files: 629,
    'CT chest': ['387', '517'],
    'CT head': ['1.04e+3', '26.8'],
    'MR head': ['252', '386'],
    'MR knee': ['419', '331'],
    'PT chest': ['1.41e+3', '3.33e+3'],
    'XR chest': ['710', '293'],
    'XR breast': ['902', '247'],
    'XR hand': ['859', '260'],
  },
  3: {
    files: 619,
    'CT chest': ['435', '501'],
    'CT head': ['1.04e+3', '26.9'],
    'MR head': ['251', '383'],
    'MR knee': ['419', '331'],
    'PT chest': ['1.34e+3', '3.18e+3'],
    'XR chest': ['707', '293'],
    'XR breast': ['901', '248'],
    'XR hand': ['860', '259'],
  },
};

test('pictures and plans are those of their edition: where they have changed, raise it and enter what they are now', async () => {
  const { series } = planPractice(DEFAULT_CHOICES);
  const print: Record<string, unknown> = { files: series.reduce((sum, { files }) => sum + files, 0) };
  for (const name of ASKED) {
    const item = series.find((one) => !one.scout && `${one.modality} ${one.region}` === name);
    if (!item) throw new Error(`the default has no ${name}`);
    const files = await makeSeries(item);
    print[name] = await momentsOf(files[files.length >> 1].bytes);
  }
  expect(print).toEqual(PRINTS[EDITION]);
}, 120_000);

/** To three digits: machines may differ in the last bits of a sine. */
async function momentsOf(bytes: Uint8Array): Promise<string[]> {
  const opened = await openFile(bytes, {});
  if (isSkip(opened)) throw new Error('not read');
  for await (const frame of opened.frames()) {
    if (isSkip(frame)) throw new Error('not read');
    const { values } = frame;
    let [sum, squares] = [0, 0];
    for (const value of values) {
      sum += value;
      squares += value * value;
    }
    const mean = sum / values.length;
    return [mean, Math.sqrt(squares / values.length - mean * mean)].map((value) => value.toPrecision(3));
  }
  throw new Error('no frame');
}
