/** Draws an image of numbers into a rectangle of the screen: window, zoom and position. */
import type { Numbers } from '../bytes/numbers.ts';
import { type Window, windowed } from './window.ts';

export type Picture = { rows: number; columns: number; values: Numbers; slope: number; intercept: number };

/** Screen pixels for each image pixel, and where the image's upper left corner is on the screen. */
export type Placement = { scale: number; x: number; y: number };

/** Maximum samples per screen pixel and axis where the image shrinks. */
const SAMPLES = 3;
/** Stored numbers of 8 and 16 bits go through a look-up table. */
const TABLE = 65_536;

/**
 * RGBA of width×height screen pixels. Image pixels stay squares when magnified; the area around the image is black.
 * @param target width·height little-endian RGBA
 */
export function render(
  { rows, columns, values, slope, intercept }: Picture,
  { scale, x: left, y: top }: Placement,
  { window, inverted }: { window: Window; inverted: boolean },
  { width, height, target }: { width: number; height: number; target: Uint32Array },
): void {
  const shade = (stored: number) => {
    const gray = windowed(stored * slope + intercept, window);
    return inverted ? 255 - gray : gray;
  };
  const gray = tableFor(values, shade) ?? shade;
  const samples = Math.min(SAMPLES, Math.max(1, Math.round(1 / scale)));
  const across = positions(width, left, scale, columns, samples);
  const down = positions(height, top, scale, rows, samples);
  for (let y = 0; y < height; y++) {
    const line = y * width;
    // When magnified, several lines of the screen show the same line of the image.
    if (samples === 1 && y > 0 && down[y] === down[y - 1]) {
      target.copyWithin(line, line - width, line);
      continue;
    }
    if (samples === 1) {
      fillLine(target.subarray(line, line + width), across, down[y] < 0 ? -1 : down[y] * columns, (at) =>
        opaque(gray(values[at])),
      );
      continue;
    }
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let inside = 0;
      for (let k = 0; k < samples; k++) {
        const row = down[y * samples + k];
        if (row < 0) continue;
        for (let l = 0; l < samples; l++) {
          const column = across[x * samples + l];
          if (column < 0) continue;
          sum += gray(values[row * columns + column]);
          inside++;
        }
      }
      target[line + x] = inside ? opaque(sum / inside) : BLACK;
    }
  }
}

const BLACK = 0xff000000;

function opaque(gray: number): number {
  return BLACK | (Math.round(gray) * 0x010101);
}

/**
 * A line of a magnified image: neighbours on the screen that show the same image pixel take its colour.
 * @param base where the image's line begins; -1: it is outside
 */
function fillLine(
  line: Uint32Array,
  across: Int32Array,
  base: number,
  colourAt: (at: number) => number,
): void {
  let [shown, colour] = [-1, BLACK];
  for (let x = 0; x < line.length; x++) {
    const column = base < 0 ? -1 : across[x];
    if (column !== shown) {
      shown = column;
      colour = column < 0 ? BLACK : colourAt(base + column);
    }
    line[x] = colour;
  }
}

/** The image pixel at each sample along one axis of the screen; -1 outside the image. */
function positions(length: number, start: number, scale: number, size: number, samples: number): Int32Array {
  const found = new Int32Array(length * samples);
  for (let i = 0; i < found.length; i++) {
    const at = Math.floor(((i + 0.5) / samples - start) / scale);
    found[i] = at >= 0 && at < size ? at : -1;
  }
  return found;
}

/** The look-up table of shades; null for types with too many different numbers. */
function tableFor(values: Numbers, shade: (stored: number) => number): ((stored: number) => number) | null {
  if (values.BYTES_PER_ELEMENT > 2 || values.length < TABLE / 4) return null;
  const offset = values instanceof Int16Array || values instanceof Int8Array ? TABLE / 2 : 0;
  const size = values.BYTES_PER_ELEMENT === 1 && offset === 0 ? 256 : TABLE;
  const table = new Float32Array(size);
  for (let i = 0; i < size; i++) table[i] = shade(i - offset);
  return (stored) => table[stored + offset];
}

/** The placement that shows the whole image, centred. */
export function fitted(
  { rows, columns }: Pick<Picture, 'rows' | 'columns'>,
  width: number,
  height: number,
): Placement {
  const scale = Math.min(width / columns, height / rows);
  return { scale, x: (width - columns * scale) / 2, y: (height - rows * scale) / 2 };
}

/** Zooms by a factor about a point of the screen, between an eighth of the fit and 64 screen pixels a pixel. */
export function zoomed(from: Placement, factor: number, x: number, y: number, fit: number): Placement {
  const scale = Math.min(Math.max(64, fit), Math.max(fit / 8, from.scale * factor));
  const by = scale / from.scale;
  return { scale, x: x - (x - from.x) * by, y: y - (y - from.y) * by };
}
