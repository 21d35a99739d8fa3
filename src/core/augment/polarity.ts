/** Black for white: MONOCHROME1 that a program ignored, or a PET that is shown dark on white. */
import type { Change } from './canvas.ts';

export const polarity: Change = ({ pixels }) => {
  for (let i = 0; i < pixels.length; i++) pixels[i] = 1 - pixels[i];
};
