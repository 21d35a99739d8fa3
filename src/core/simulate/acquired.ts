/** The result of an acquisition: values in physical units, and the header's facts about the acquisition. */
import type { Vec3 } from './volume.ts';

export type SimulatedModality = 'CT' | 'MR' | 'PT' | 'XR';

/** One picture. */
export type Frame = {
  /** rows × columns, row by row: HU (CT), arbitrary signal ≥ 0 (MR), Bq/ml (PT), detector air kerma in µGy (XR). */
  values: Float32Array;
  /** Centre of the first pixel, mm (0020,0032); for XR, of the detector's first pixel. */
  position: Vec3;
};

/** One series, before a site turns it into stored values and files. */
export type Acquired = {
  modality: SimulatedModality;
  rows: number;
  columns: number;
  /** mm between rows, between columns (0028,0030). */
  pixelSpacing: readonly [number, number];
  /** Direction of a row, of a column (0020,0037). */
  orientation: readonly [Vec3, Vec3];
  /** mm (0018,0050); null for XR. */
  sliceThickness: number | null;
  frames: Frame[];
  /**
   * The settings, by keyword of their DICOM attribute (PS3.6): KVP, ExposureTime, ConvolutionKernel,
   * RepetitionTime, EchoTime, MagneticFieldStrength … Numbers in the attribute's own unit.
   */
  settings: Record<string, number | string | readonly number[] | readonly string[]>;
};

/** Gets the completed share, 0 … 1. An error from it stops the acquisition. */
export type Tick = (share: number) => void;
