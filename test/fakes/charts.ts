/** An example of every chart of the registry. */
import { createElement, type ReactNode } from 'react';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { sizeCurve } from '../../src/core/train/sizeCurve.ts';
import type { ChartName } from '../../src/ui/charts/charts.ts';
import { OverlayChart } from '../../src/ui/charts/OverlayChart.tsx';
import { overlayLines } from '../../src/ui/charts/overlay.ts';
import { RateChart } from '../../src/ui/charts/RateChart.tsx';
import { ReliabilityChart } from '../../src/ui/charts/ReliabilityChart.tsx';
import { RunCharts } from '../../src/ui/charts/RunCharts.tsx';
import { SizeChart } from '../../src/ui/charts/SizeChart.tsx';
import { SplitChart } from '../../src/ui/charts/SplitChart.tsx';
import { ConfusionMatrix } from '../../src/ui/results/ConfusionMatrix.tsx';
import { DifferenceMatrix } from '../../src/ui/results/DifferenceMatrix.tsx';
import { makeSizeRuns } from '../builders/sizes.ts';
import { makeFinding } from './finding.ts';
import { FAKE_RELIABILITY } from './reliability.ts';
import { history, points, RUNS, STATES } from './state.ts';

const FIRST = [
  [90, 5, 5, 0],
  [10, 80, 10, 0],
  [0, 20, 80, 0],
  [0, 0, 0, 100],
];
const SECOND = [
  [95, 2, 3, 0],
  [8, 86, 6, 0],
  [0, 25, 75, 0],
  [0, 0, 0, 100],
];

const box = (of: ReactNode) => createElement('div', { style: { width: 720 } }, of);

export const CHART_EXAMPLES: Record<ChartName, () => ReactNode> = {
  curves: () =>
    createElement(
      'div',
      { style: { display: 'flex', width: 720, height: 400 } },
      createElement(RunCharts, {
        run: 'r1',
        points: points(2000, 10),
        history: history(8, 10),
        epochs: 10,
        empty: '',
      }),
    ),
  overlay: () =>
    box(
      createElement(OverlayChart, {
        name: 'Loss',
        runs: RUNS.slice(0, 2),
        lines: RUNS.slice(0, 2).map((run) => overlayLines(run, 'epoch', 'loss', 0.8)),
        log: false,
        share: false,
        xName: 'epoch',
        format: (value) => value.toFixed(3),
      }),
    ),
  reliability: () =>
    createElement(ReliabilityChart, {
      run: 'r1',
      summary: 'Calibration error 10.0 %',
      lines: [
        { style: 'plain', bins: FAKE_RELIABILITY.plain.bins },
        { style: 'calibrated', bins: FAKE_RELIABILITY.calibrated!.bins },
      ],
    }),
  sizes: () =>
    createElement(SizeChart, {
      run: 'r1',
      curve: sizeCurve(makeSizeRuns(), 'validate', 'slices')!,
      measure: 'slices',
      split: 'validate',
    }),
  rates: () => createElement(RateChart, makeFinding(88, 'ended')),
  splits: () => createElement(SplitChart, { datasets: STATES['data/full']().datasets }),
  confusion: () =>
    box(
      createElement(ConfusionMatrix, {
        run: 'r1',
        labelSet: DEFAULT_SET,
        evaluation: RUNS.find(({ evaluation }) => evaluation?.test)!.evaluation!.test!,
        onOpen: null,
      }),
    ),
  difference: () =>
    box(
      createElement(DifferenceMatrix, {
        run: 'r1',
        labels: DEFAULT_SET.classes,
        confusion: [FIRST, SECOND],
      }),
    ),
};
