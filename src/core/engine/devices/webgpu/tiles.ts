/** Which tile a matrix product is computed in: the one found fastest on this adapter, else one that fits its shape. */
import type { Tile } from './gemm.ts';

/** The candidates. All give the same bits, so that the choice can change at any time. */
export const TILES: readonly Tile[] = [
  { rows: 64, columns: 64 },
  { rows: 128, columns: 64 },
  { rows: 64, columns: 128 },
  { rows: 128, columns: 128 },
];

export class Tiles {
  /** @param rows of C */
  choose(rows: number): Tile {
    return TILES[rows > 64 ? 1 : 0];
  }
}
