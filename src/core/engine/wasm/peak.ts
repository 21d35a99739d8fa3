/** The register tile alone, on rows and a panel that stay in the L1 cache: the peak in benchmarks. */
import { argument, pointer } from './control';
import { COLUMNS, dotTile, ROWS } from './gemm';

/** Every thread multiplies all tiles. Arguments: 0 scratch, 1 scratch bytes per thread, 2 depth, 3 tiles */
export function tilePeak(thread: i32): void {
  const depth = argument(2);
  const tiles = argument(3);
  const entry = pointer(0) + <usize>thread * pointer(1);
  const outs = entry + 32;
  const out = outs + 32;
  const rows = out + ((<usize>(ROWS * COLUMNS)) << 2);
  const panel = rows + ((<usize>(ROWS * depth)) << 2);
  memory.fill(rows, 0, (<usize>((ROWS + COLUMNS) * depth)) << 2);
  store<u32>(entry, 0);
  for (let i = 0; i < ROWS; i++) {
    store<u32>(entry + 4 + ((<usize>i) << 2), <u32>(rows + ((<usize>(i * depth)) << 2)));
    store<u32>(outs + ((<usize>i) << 2), <u32>(out + ((<usize>(i * COLUMNS)) << 2)));
  }
  for (let tile = 0; tile < tiles; tile++) dotTile(entry, 1, 0, depth, panel, outs, 0, 0, false, 0);
}
