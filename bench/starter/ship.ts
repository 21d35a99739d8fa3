/** Which datasets a shipped model may learn from, and whom it has to thank, as a datasets.json says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Source = {
  name: string;
  location: string;
  /** Where it comes from and under which licence. */
  source: string;
  /** Whether its licence allows weights learned from it to be shipped. */
  mayShip: boolean;
};

/** @throws if DIR has no datasets.json: then nothing says that anything may be shipped */
export function readSources(data: string): Source[] {
  const entries = JSON.parse(readFileSync(join(data, 'datasets.json'), 'utf8')) as Record<string, unknown>[];
  return entries.map(({ name, location, source, may_ship }) => ({
    name: String(name),
    location: String(location ?? ''),
    source: String(source ?? ''),
    mayShip: may_ship === true,
  }));
}

/** By number of a dataset: whether it may be learned from. What the list does not name may not. */
export function shippable(datasets: readonly { name: string }[], sources: readonly Source[]): boolean[] {
  return datasets.map(({ name }) => sources.find((one) => one.name === name)?.mayShip ?? false);
}
