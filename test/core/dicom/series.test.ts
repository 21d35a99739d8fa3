/** From DICOM's Modality to labels, and objects that are no images. */
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_LABEL_MAP,
  kindOfModality,
  kindWithoutImage,
  labelOfModality,
} from '../../../src/core/dicom/series.ts';

describe('labels', () => {
  test('are those of the paper, and whole values only', () => {
    const modalities = ['CT', 'MR', 'PT', 'CR', 'DX', 'MG', 'US', 'CTPT', '', 'toString', '__proto__'];
    const labels = ['CT', 'MR', 'PT', 'XR', 'XR', 'XR', 'other', 'other', 'other', 'other', 'other'];
    expect(modalities.map((modality) => labelOfModality(modality, DEFAULT_LABEL_MAP))).toEqual(labels);
  });

  test('can be added to', () => {
    expect(labelOfModality('RG', { ...DEFAULT_LABEL_MAP, RG: 'XR' })).toBe('XR');
  });

  test('are not asked for where a class is an image', () => {
    expect(kindWithoutImage('1.2.840.10008.5.1.4.1.1.2')).toBeNull();
    expect(kindWithoutImage('1.2.840.10008.5.1.4.1.1.128')).toBeNull();
  });
});

test('objects without pixels are known by their class, or by their modality', () => {
  expect(kindWithoutImage('1.2.840.10008.5.1.4.1.1.66.1')).toBe('registration');
  expect(kindWithoutImage('1.2.840.10008.5.1.4.1.1.9.1.1')).toBe('waveform');
  expect(kindOfModality('RTPLAN')).toBe('RT plan');
  expect(kindOfModality('CT')).toBeNull();
  expect(kindOfModality('constructor')).toBeNull();
});
