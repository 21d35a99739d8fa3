/**
 * Occlusion (Zeiler & Fergus 2014, section 4.2): a gray patch slides over the image, and the network predicts at each
 * position. If a class loses probability, the covered part was evidence for it. Needs no gradients.
 */

/** Positions per side. */
export const PLACES = 14;
/** Side of the patch, as a share of the image's. */
const PATCH = 3 / 14;
/** Covered images predicted between two checks of the signal. */
const AT_ONCE = 28;

export type Occluded = {
  rows: number;
  columns: number;
  /**
   * For each class rows×columns: how much its probability falls with the patch centred there; negative where it rises.
   */
  drops: Float32Array[];
};

type Options = { signal: AbortSignal; progress?: (done: number, total: number) => void };

/** @param predict class probabilities n×K of n·size² pixels */
export async function occlude(
  predict: (pixels: Uint8Array, n: number) => Promise<Float32Array>,
  pixels: Uint8Array,
  size: number,
  { signal, progress }: Options,
): Promise<Occluded> {
  const whole = await predict(pixels, 1);
  const gray = meanGray(pixels);
  const total = PLACES * PLACES;
  const drops = Array.from(whole, () => new Float32Array(total));
  for (let from = 0; from < total; from += AT_ONCE) {
    signal.throwIfAborted();
    const n = Math.min(AT_ONCE, total - from);
    const batch = new Uint8Array(n * size * size);
    for (let i = 0; i < n; i++) {
      const image = batch.subarray(i * size * size, (i + 1) * size * size);
      image.set(pixels);
      cover(image, size, from + i, gray);
    }
    const found = await predict(batch, n);
    for (let i = 0; i < n; i++) {
      drops.forEach((drop, c) => {
        drop[from + i] = whole[c] - found[i * whole.length + c];
      });
    }
    progress?.(from + n, total);
  }
  return { rows: PLACES, columns: PLACES, drops };
}

/** The mean gray of the image: Zeiler & Fergus cover with the mean of their data. */
function meanGray(pixels: Uint8Array): number {
  return Math.round(pixels.reduce((sum, value) => sum + value, 0) / pixels.length);
}

/** Covers the image around the centre of a position; the patch is clipped at the edges. */
export function cover(image: Uint8Array, size: number, place: number, gray: number): void {
  const [top, bottom] = span(Math.floor(place / PLACES), size);
  const [left, right] = span(place % PLACES, size);
  for (let y = top; y < bottom; y++) image.fill(gray, y * size + left, y * size + right);
}

function span(index: number, size: number): [number, number] {
  const centre = ((index + 0.5) / PLACES) * size;
  const half = (PATCH * size) / 2;
  return [Math.max(0, Math.round(centre - half)), Math.min(size, Math.round(centre + half))];
}
