/** File names of a run: from its settings and start time, never its title, which may name a person. */
import type { RunRow } from './state.ts';

/** "modality-lab-resnet18-64-20261128-1403-report". */
export function runFile({ config, createdMs }: Pick<RunRow, 'config' | 'createdMs'>, kind: string): string {
  const at = new Date(createdMs);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const time = `${two(at.getHours())}${two(at.getMinutes())}`;
  return ['modality-lab', config.network, config.inputSize, day, time, kind].join('-');
}
