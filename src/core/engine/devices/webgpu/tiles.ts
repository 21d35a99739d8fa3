/**
 * The tile size of a matrix product. Each adapter has its own fastest: every candidate is timed on a few real
 * dispatches of the first training, one representative product per kind, and the fastest is stored for the next
 * training. Until then, and without timestamps, a tile is used that suits most adapters. All tiles give the same bits, so
 * results don't depend on it.
 */
import type { Tile } from './gemm.ts';

export const TILES: readonly Tile[] = [
  { rows: 64, columns: 64 },
  { rows: 128, columns: 64 },
  { rows: 64, columns: 128 },
  { rows: 128, columns: 128 },
];

/** Timed dispatches per candidate. */
const SAMPLES = 3;
/** Smaller products are not timed: they end before the clock ticks. */
const FEWEST_OPERATIONS = 1e9;
/** A tile must be faster than the standard one by this factor. */
const WORTHWHILE = 0.97;

export type ProductShape = {
  /** The kind of product: products of one name read memory alike. */
  name: string;
  /** Tells products of one name apart; plain data. */
  geometry: object;
  /** Size of C. */
  rows: number;
  columns: number;
  operations: number;
};

export type Choice = {
  tile: Tile;
  /** Set if this dispatch is to be timed: call it with the time. */
  timed?: (ms: number) => void;
  /** Set at the first timed dispatch: all tiles that will be tried, so that nothing is compiled later. */
  candidates?: readonly Tile[];
};

/** The timings of one kind of product. */
type Trial = { geometry: string; candidates: readonly Tile[]; turn: number; times: number[][] };

export class Tiles {
  /** By kind: the findings of an earlier training. */
  readonly #known: ReadonlyMap<string, Tile>;
  readonly #trials = new Map<string, Trial>();
  readonly #remember: ((found: string) => void) | null;

  /**
   * @param known the last value passed to `remember` on this adapter, null if none
   * @param remember null if dispatches can't be timed
   */
  constructor(known: string | null, remember: ((found: string) => void) | null) {
    this.#known = parse(known);
    this.#remember = remember;
  }

  choose(product: ProductShape): Choice {
    const kind = kindOf(product);
    const known = this.#known.get(kind);
    if (known) return { tile: known };
    const standard = TILES[product.rows > 64 ? 1 : 0];
    if (!this.#remember || product.operations < FEWEST_OPERATIONS || product.rows <= 128)
      return { tile: standard };
    const before = this.#trials.get(kind);
    if (before && done(before)) return { tile: standard };
    const geometry = JSON.stringify(product.geometry);
    if (before && before.geometry !== geometry) return { tile: standard };
    const trial = before ?? begin(geometry, product.columns);
    this.#trials.set(kind, trial);
    const at = trial.turn++ % trial.candidates.length;
    const timed = (ms: number) => {
      trial.times[at].push(ms);
      if (trial.times.every(({ length }) => length >= SAMPLES)) this.#remember?.(this.#found());
    };
    return { tile: trial.candidates[at], timed, ...(!before && { candidates: trial.candidates }) };
  }

  /** All findings, for the next training on this adapter. */
  #found(): string {
    const found: Record<string, string> = {};
    for (const [kind, tile] of this.#known) found[kind] = nameOf(tile);
    for (const [kind, { candidates, times }] of this.#trials) {
      if (times.every(({ length }) => length >= SAMPLES)) found[kind] = nameOf(fastest(candidates, times));
    }
    return JSON.stringify(found);
  }
}

/** Candidate tiles: wide products can use wide tiles. */
function kindOf({ name, columns }: ProductShape): string {
  return `${name}, ${columns > 64 ? 'wide' : 'narrow'}`;
}

function begin(geometry: string, columns: number): Trial {
  const candidates = TILES.filter((tile) => tile.columns <= Math.max(64, columns));
  return { geometry, candidates, turn: 0, times: candidates.map(() => []) };
}

function done({ turn, candidates }: Trial): boolean {
  return turn >= SAMPLES * candidates.length;
}

/** The fastest tile by median; the standard tile, 128×64, unless another is clearly faster. */
function fastest(candidates: readonly Tile[], times: readonly number[][]): Tile {
  const medians = times.map((some) => some.toSorted((a, b) => a - b)[some.length >> 1]);
  const best = medians.indexOf(Math.min(...medians));
  const standard = candidates.indexOf(TILES[1]);
  return medians[best] < WORTHWHILE * medians[standard] ? candidates[best] : candidates[standard];
}

export function nameOf({ rows, columns }: Tile): string {
  return `${rows}×${columns}`;
}

/** Unknown entries are dropped: they will be measured again. */
function parse(known: string | null): Map<string, Tile> {
  const tiles = new Map<string, Tile>();
  try {
    for (const [kind, name] of Object.entries(JSON.parse(known ?? '{}'))) {
      const tile = TILES.find((candidate) => nameOf(candidate) === name);
      if (tile) tiles.set(kind, tile);
    }
  } catch {
    // Treat it as empty.
  }
  return tiles;
}
