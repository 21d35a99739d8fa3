/** Objects that are no images. */
import { expect, test } from 'vitest';
import { kindOfModality, kindWithoutImage } from '../../../src/core/dicom/series.ts';

test('a class of images is none of them', () => {
  expect(kindWithoutImage('1.2.840.10008.5.1.4.1.1.2')).toBeNull();
  expect(kindWithoutImage('1.2.840.10008.5.1.4.1.1.128')).toBeNull();
});

test('objects without pixels are known by their class, or by their modality', () => {
  expect(kindWithoutImage('1.2.840.10008.5.1.4.1.1.66.1')).toBe('registration');
  expect(kindWithoutImage('1.2.840.10008.5.1.4.1.1.9.1.1')).toBe('waveform');
  expect(kindOfModality('RTPLAN')).toBe('RT plan');
  expect(kindOfModality('CT')).toBeNull();
  expect(kindOfModality('constructor')).toBeNull();
});
