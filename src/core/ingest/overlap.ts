/** Whether a file is of a series or a patient that a stored dataset holds: then its folder is that dataset's. */
import { DAMAGED, type ShardIndex } from '../dataset/shard.ts';
import type { SeriesFacts } from '../types.ts';

type Held = { series: ReadonlySet<string>; patients: ReadonlySet<string> };

/** Looks a dataset through when it is first asked for: most are not. */
export function createOverlap(
  indexes: readonly ShardIndex[],
): (dataset: string, facts: SeriesFacts) => boolean {
  const known = new Map<string, Held>();
  return (dataset, { series, patient, patientFrom }) => {
    let held = known.get(dataset);
    if (!held) {
      held = holdings(indexes, dataset);
      known.set(dataset, held);
    }
    return held.series.has(series) || (patientFrom === 'patient' && held.patients.has(patient));
  };
}

function holdings(indexes: readonly ShardIndex[], dataset: string): Held {
  const series = new Set<string>();
  const patients = new Set<string>();
  for (const index of indexes) {
    const number = index.datasets.indexOf(dataset);
    if (number < 0) continue;
    for (let row = 0; row < index.count; row++) {
      // A slice whose pixels are damaged is still the dataset's.
      const gone = index.removed[row] !== 0 && index.removed[row] !== DAMAGED;
      if (index.dataset[row] !== number || gone) continue;
      const facts = index.series[index.seriesOf[row]];
      series.add(facts.series);
      if (facts.patientFrom === 'patient') patients.add(facts.patient);
    }
  }
  return { series, patients };
}
