/** Everything the ui can do, as a type. Each file of commands adds its own. */
import type { AuditActions } from './audit.ts';
import type { BaselineActions } from './baselines.ts';
import type { BreakdownActions } from './breakdown.ts';
import type { CapActions } from './caps.ts';
import type { ClassifyActions } from './classify.ts';
import type { CorrectionActions } from './corrections.ts';
import type { SliceCorrectionActions } from './correctSlices.ts';
import type { DatasetFactActions } from './datasetFacts.ts';
import type { EditActions } from './edits.ts';
import type { ExchangeActions } from './exchange.ts';
import type { ExplainActions } from './explain.ts';
import type { FindRateActions } from './findRate.ts';
import type { GuardActions } from './guard.ts';
import type { IngestActions } from './ingest.ts';
import type { InspectActions } from './inspect.ts';
import type { LabellingActions } from './labelling.ts';
import type { LabelSetActions } from './labelSets.ts';
import type { LabelActions } from './labels.ts';
import type { LabelTrialActions } from './labelTrial.ts';
import type { LookActions } from './looks.ts';
import type { NavigationActions } from './navigate.ts';
import type { OfflineActions } from './offline.ts';
import type { OtherModelsActions } from './otherModels.ts';
import type { PracticeActions } from './practice.ts';
import type { ProjectActions } from './projects.ts';
import type { QuestionActions } from './question.ts';
import type { QueueActions } from './queue.ts';
import type { ReliabilityActions } from './reliability.ts';
import type { RepeatActions } from './repeat.ts';
import type { ReportActions } from './report.ts';
import type { SliceCard, SliceQuery, Theme } from './state.ts';
import type { TrainActions } from './train.ts';
import type { VerdictRuleActions } from './verdictRule.ts';
import type { VerdictActions } from './verdicts.ts';

/** Failures end as notices; promises resolve when the command is done. */
export type Actions = AuditActions &
  BaselineActions &
  ClassifyActions &
  CorrectionActions &
  SliceCorrectionActions &
  DatasetFactActions &
  CapActions &
  EditActions &
  ExchangeActions &
  ExplainActions &
  FindRateActions &
  GuardActions &
  IngestActions &
  InspectActions &
  LabelActions &
  LabelSetActions &
  LabelTrialActions &
  LabellingActions &
  LookActions &
  NavigationActions &
  OfflineActions &
  OtherModelsActions &
  PracticeActions &
  ProjectActions &
  QuestionActions &
  QueueActions &
  ReliabilityActions &
  RepeatActions &
  BreakdownActions &
  ReportActions &
  TrainActions &
  VerdictRuleActions &
  VerdictActions & {
    setTheme(theme: Theme): void;
    setReader(reader: string): void;
    dismiss(notice: number): void;
    slices(query: SliceQuery): Promise<{ cards: SliceCard[]; total: number }>;
  };
