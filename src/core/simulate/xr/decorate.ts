/** Decorations of a finished radiograph: a frame, and a letter for the side. */

/** Draws a frame `width` pixels wide, of one value. */
export function frame(
  shown: Uint16Array | Float32Array,
  rows: number,
  columns: number,
  width: number,
  value: number,
): void {
  for (let y = 0, at = 0; y < rows; y++) {
    const inside = y >= width && y < rows - width;
    for (let x = 0; x < columns; x++, at++) {
      if (!inside || x < width || x >= columns - width) shown[at] = value;
    }
  }
}

/** Five dots wide, seven high. */
const LETTERS: Record<'L' | 'R', readonly string[]> = {
  L: ['#....', '#....', '#....', '#....', '#....', '#....', '#####'],
  R: ['####.', '#...#', '#...#', '####.', '#.#..', '#..#.', '#...#'],
};

/** Draws a letter near the upper corner on its side of the picture: L on the right, R on the left. */
export function burn(
  shown: Uint16Array,
  rows: number,
  columns: number,
  letter: 'L' | 'R',
  value: number,
): void {
  const dot = Math.max(2, Math.round(Math.min(rows, columns) / 130));
  const top = Math.round(rows * 0.05);
  const left = letter === 'R' ? Math.round(columns * 0.05) : Math.round(columns * 0.95) - 5 * dot;
  LETTERS[letter].forEach((line, j) => {
    for (let y = top + j * dot; y < top + (j + 1) * dot; y++) {
      for (let x = 0; x < 5 * dot; x++) {
        if (line[Math.floor(x / dot)] === '#') shown[y * columns + left + x] = value;
      }
    }
  });
}
