/**
 * How alike the details of two thumbnails are, whatever window they were stored with. A copy has the same noise and the same
 * fine edges; the next slice of the volume and another patient's head have others.
 */
import { AREA, SIDE } from './thumbnail.ts';
import { curve, fitTone, levelOf } from './tone.ts';

/** Detail is what differs from the mean of 5×5 values. */
const RADIUS = 2;

const fitted = new Float32Array(AREA);
const plain = new Float32Array(AREA);
const details = [new Float32Array(AREA), new Float32Array(AREA)] as const;
const across = new Float32Array(AREA);

/** Clipping cannot be undone: the one of the two that was clipped less has to be made like the other. */
export function likeness(a: Uint8Array, b: Uint8Array): number {
  return Math.max(oneWay(a, b), oneWay(b, a));
}

/** Correlation of details, once `a` has the tones of `b`. */
function oneWay(a: Uint8Array, b: Uint8Array): number {
  if (fitTone(a, b, 0, AREA) >= 1) return 0;
  for (let i = 0; i < AREA; i++) {
    fitted[i] = curve[levelOf(a[i])];
    plain[i] = b[i];
  }
  writeDetail(fitted, details[0]);
  writeDetail(plain, details[1]);
  const [own, other] = details;
  let [product, ownSquares, otherSquares] = [0, 0, 0];
  for (let i = 0; i < AREA; i++) {
    product += own[i] * other[i];
    ownSquares += own[i] * own[i];
    otherSquares += other[i] * other[i];
  }
  const scale = Math.sqrt(ownSquares * otherSquares);
  return scale > 0 ? product / scale : 0;
}

function writeDetail(picture: Float32Array, target: Float32Array): void {
  for (let y = 0; y < SIDE; y++) runningMean(picture, y * SIDE, 1, across);
  for (let x = 0; x < SIDE; x++) runningMean(across, x, SIDE, target);
  for (let i = 0; i < AREA; i++) target[i] = picture[i] - target[i];
}

/** Mean of up to 2·RADIUS + 1 values of a line. */
function runningMean(source: Float32Array, from: number, step: number, target: Float32Array): void {
  let [sum, n] = [0, 0];
  for (let i = 0; i < RADIUS; i++, n++) sum += source[from + i * step];
  for (let i = 0; i < SIDE; i++) {
    if (i + RADIUS < SIDE) {
      sum += source[from + (i + RADIUS) * step];
      n++;
    }
    if (i > RADIUS) {
      sum -= source[from + (i - RADIUS - 1) * step];
      n--;
    }
    target[from + i * step] = sum / n;
  }
}
