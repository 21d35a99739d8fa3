/** The preprocessing of the paper: resize to 224×224 ignoring the aspect ratio, then min-max per image. */
import type { Skip } from '../skip.ts';
import { SLICE_SIDE } from '../types.ts';
import { fastSlice } from './fastSlice.ts';
import type { Frame } from './frame.ts';
import { type Resizer, resizer } from './resize.ts';
import { cleanValues, minMaxBytes } from './scale.ts';

export type Preprocess = (frame: Frame) => Uint8Array<ArrayBuffer> | Skip;

/** A function from frames to slices, with SIMD where possible; it keeps its buffers between frames. */
export function preprocessor(antialias: boolean): Preprocess {
  const plain = plainPreprocessor(antialias);
  return antialias ? plain : (frame) => fastSlice(frame) ?? plain(frame);
}

/** The same in plain JavaScript, which runs everywhere. */
export function plainPreprocessor(antialias: boolean): Preprocess {
  const resize: Resizer = resizer(SLICE_SIDE, antialias);
  return (frame) => {
    const values = cleanValues(frame);
    if (!values) return { code: 'blank', detail: 'nothing but padding', frame: frame.index };
    const slice = minMaxBytes(resize(values, frame.rows, frame.columns), frame.slope);
    return slice ?? { code: 'blank', frame: frame.index };
  };
}
