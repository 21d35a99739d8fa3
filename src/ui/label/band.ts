/** Which tiles of a grid a rubber band covers. */

export type Band = { left: number; top: number; right: number; bottom: number };

/** `width` and `height` are from one tile to the next: a tile and a gap. */
export type Tiles = { columns: number; width: number; height: number; gap: number };

/** The tiles that it touches, ascending; a gap alone touches none. */
export function covered({ left, top, right, bottom }: Band, tiles: Tiles, count: number): number[] {
  const { columns, width, height, gap } = tiles;
  const range = (from: number, to: number, pitch: number) => {
    const first = Math.floor(Math.max(0, from) / pitch);
    // The gap behind the first tile is not the tile.
    const start = from > first * pitch + pitch - gap ? first + 1 : first;
    return [start, Math.floor(to / pitch)] as const;
  };
  const [firstColumn, lastColumn] = range(left, right, width);
  const [firstRow, lastRow] = range(top, bottom, height);
  const found: number[] = [];
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= Math.min(lastColumn, columns - 1); column++) {
      const tile = row * columns + column;
      if (tile < count) found.push(tile);
    }
  }
  return found;
}
