/** How a slice was decoded and labelled; nothing that names a patient. */
import type { ReactNode } from 'react';
import type { Inspection } from '../../app/state.ts';
import { DEVIATIONS } from '../../core/deviations.ts';
import { syntaxName } from '../../core/dicom/names.ts';
import { formatLabel } from '../../core/formats/meta.ts';
import type { Window } from '../../core/image/window.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { useLab } from '../context.ts';
import { percent, roughPercent } from '../format.ts';
import { classOfSet } from '../parts/classes.ts';
import { codeWords, otherText } from '../parts/codes.ts';
import { LabelChip } from '../parts/LabelChip.tsx';
import styles from './Facts.module.css';
import { figure } from './picture.ts';
import { KIND_WORDS, sourceWords } from './words.ts';

/** `label`: id of a class of the run's set. */
export type Prediction = { label: string; labelSet: LabelSet; confidence: number };

type Props = {
  inspection: Inspection;
  /** The prediction of a run, if its slices are shown. */
  predicted: Prediction | null;
};

export function Facts({ inspection, predicted }: Props) {
  const set = useLab((state) => state.labelSet);
  const { facts, raw, label, source, dataset, excluded, verdict, instanceNumber, frame } = inspection;
  return (
    <dl className={styles.facts} data-testid="facts">
      {dataset && <Fact name="Dataset">{dataset}</Fact>}
      {label && source && (
        <Fact name="Label">
          <LabelChip of={classOfSet(set, label)} {...otherText(label, facts?.modalityTag ?? null)} />{' '}
          {sourceWords(label, source)}
          {excluded && ' · left out of training'}
        </Fact>
      )}
      {predicted && (
        <Fact name="Predicted">
          <LabelChip of={classOfSet(predicted.labelSet, predicted.label)} /> {percent(predicted.confidence)}
        </Fact>
      )}
      {verdict && (
        <Fact name="Predicted">
          <LabelChip of={classOfSet(verdict.labelSet, verdict.predicted)} />{' '}
          {verdict.labelSet.classes
            .map(({ name }, i) => `${name} ${roughPercent(verdict.probabilities[i])}`)
            .join(' · ')}
        </Fact>
      )}
      <Fact name="Number">
        {instanceNumber ?? 'none'}
        {(frame > 0 || (raw?.frames ?? 1) > 1) && `, frame ${frame + 1}${raw ? ` of ${raw.frames}` : ''}`}
      </Fact>
      {facts && (
        <>
          <Fact name="Kind">{facts.imageType ? KIND_WORDS[facts.imageType] : 'not known'}</Fact>
          <Fact name="Burned-in text">
            {facts.burnedInRisk === null
              ? 'not known'
              : facts.burnedInRisk
                ? 'may show in it'
                : 'none declared'}
          </Fact>
          <Fact name="Format">
            {formatLabel(facts.format)}
            {facts.modalityTag && `, Modality: ${codeWords(facts.modalityTag)}`}
          </Fact>
          {facts.transferSyntax && <Fact name="Syntax">{syntaxName(facts.transferSyntax)}</Fact>}
          <Fact name="Size">
            {facts.rows} rows × {facts.columns} columns
          </Fact>
          <Fact name="Pixels">
            {facts.bits} bit {facts.signed ? 'signed' : 'unsigned'}
            {facts.photometric && `, ${facts.photometric}`}
          </Fact>
        </>
      )}
      {raw && (
        <>
          <Fact name="Rescale">
            × {figure(raw.slope)} {raw.intercept < 0 ? '−' : '+'} {figure(Math.abs(raw.intercept))}
          </Fact>
          {raw.windows.length > 0 && <Fact name="Windows">{raw.windows.map(windowWords).join(' · ')}</Fact>}
          <Fact name="Padding">
            {raw.padding
              ? `stored ${figure(raw.padding.low)} … ${figure(raw.padding.high)}, left out`
              : 'none left out'}
          </Fact>
          {raw.facts.deviations.length > 0 && (
            <Fact name="Decoded">
              {raw.facts.deviations.map((one) => (
                <p key={one}>{DEVIATIONS[one]}</p>
              ))}
            </Fact>
          )}
        </>
      )}
    </dl>
  );
}

/** Centre, width and DICOM's word for the function. */
function windowWords({ centre, width, shape }: Window): string {
  return `${figure(centre)} / ${figure(width)} ${shape ?? 'linear exact'}`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
