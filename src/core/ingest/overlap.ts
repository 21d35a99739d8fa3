/** Whether a file shares a series or patient with a stored dataset: then its folder belongs to that dataset. */
import { DAMAGED, type ShardIndex } from '../dataset/shard.ts';
import type { SeriesFacts } from '../types.ts';

type Held = { series: ReadonlySet<string>; patients: ReadonlySet<string> };

/** Indexes a dataset on first use: most are never needed. */
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
      // A damaged slice still belongs to the dataset.
      const gone = index.removed[row] !== 0 && index.removed[row] !== DAMAGED;
      if (index.dataset[row] !== number || gone) continue;
      const facts = index.series[index.seriesOf[row]];
      series.add(facts.series);
      if (facts.patientFrom === 'patient') patients.add(facts.patient);
    }
  }
  return { series, patients };
}
