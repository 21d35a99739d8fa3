/** Everything the ui can do, as a type. Files of commands say what they do; the rest, and what is done to drops, stands here. */
import type { EditActions } from './edits.ts';
import type { ExplainActions } from './explain.ts';
import type { InspectActions } from './inspect.ts';
import type { LabelActions } from './labels.ts';
import type { NavigationActions } from './navigate.ts';
import type { PracticeActions } from './practice.ts';
import type { ProjectActions } from './projects.ts';
import type { QuestionActions } from './question.ts';
import type { ReportActions } from './report.ts';
import type { SliceCard, SliceQuery, Theme } from './state.ts';
import type { TrainActions } from './train.ts';

/** Failures end as notices; promises resolve when the command is done. */
export type Actions = EditActions &
  ExplainActions &
  InspectActions &
  LabelActions &
  NavigationActions &
  PracticeActions &
  ProjectActions &
  QuestionActions &
  ReportActions &
  TrainActions & {
    setTheme(theme: Theme): void;
    dismiss(notice: number): void;
    addFiles(source: DropSource): Promise<void>;
    cancelJob(): void;
    clearSkipped(): void;
    slices(query: SliceQuery): Promise<{ cards: SliceCard[]; total: number }>;
    /** Without a run the series are listed by their headers. */
    classifyFiles(source: DropSource, run: string | null): Promise<void>;
    /** Classifies the current files again with another model. */
    classifyAgain(run: string): Promise<void>;
    clearClassify(): void;
  };

/** A DataTransfer of a drop (read synchronously at the start), or files of a picker. */
export type DropSource = DataTransfer | File[];
