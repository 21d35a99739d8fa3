/** The table of accuracies of a run: by dataset from its record, by anything else from its predictions. */
import type { Breakdown, Unit } from '../../app/breakdown.ts';
import type { RunRow } from '../../app/state.ts';
import type { SplitEvaluation } from '../../core/evaluate/evaluation.ts';
import type { FacetName } from '../../core/evaluate/facets.ts';
import { formatLabel } from '../../core/formats/meta.ts';
import { labelSetOf } from '../../core/train/labelSetOf.ts';
import type { Split } from '../../core/types.ts';
import { useActions } from '../context.ts';
import { DatasetScores, type ScoreRow } from './DatasetScores.tsx';

type Props = {
  run: RunRow;
  split: Split;
  unit: Unit;
  facet: FacetName;
  evaluation: SplitEvaluation;
  made: Breakdown | null;
  onFacet: ((facet: FacetName) => void) | undefined;
  /** `row` of the stored table per dataset. */
  onOpen: ((row: number) => void) | null;
};

export function Scores({ run, split, unit, facet, evaluation, made, onFacet, onOpen }: Props) {
  const actions = useActions();
  const rows = facet === 'dataset' ? byDataset(evaluation) : made ? byFacet(made, facet) : [];
  const stored = run.evaluation?.[split]?.perDataset ?? [];
  const open = ({ id, modality }: ReturnType<typeof byDataset>[number]) =>
    onOpen?.(stored.findIndex((score) => score.id === id && score.modality === modality));
  return (
    <DatasetScores
      labelSet={labelSetOf(run)}
      facet={facet}
      onFacet={onFacet}
      scores={rows}
      onOpen={onOpen && facet === 'dataset' ? open : null}
      onDownload={
        made
          ? () => void actions.download({ kind: 'facet', run: run.id, split, unit, facet, scores: rows })
          : undefined
      }
    />
  );
}

type Row = ScoreRow & { id: string };

function byDataset({ perDataset }: SplitEvaluation): Row[] {
  return perDataset.map(({ dataset, ...score }) => ({ ...score, name: dataset }));
}

function byFacet({ groups }: Breakdown, facet: FacetName): Row[] {
  return groups.map(({ value, group, ...score }) => ({
    ...score,
    id: String(group),
    name: value === null ? 'not stated' : facet === 'format' ? formatLabel(value) : value,
    location: null,
  }));
}
