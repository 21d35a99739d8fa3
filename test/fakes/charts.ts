/** An example of every chart of the registry. */
import { createElement, type ReactNode } from 'react';
import { sizeCurve } from '../../src/core/train/sizeCurve.ts';
import type { ChartName } from '../../src/ui/charts/charts.ts';
import { RateChart } from '../../src/ui/charts/RateChart.tsx';
import { ReliabilityChart } from '../../src/ui/charts/ReliabilityChart.tsx';
import { SizeChart } from '../../src/ui/charts/SizeChart.tsx';
import { makeSizeRuns } from '../builders/sizes.ts';
import { makeFinding } from './finding.ts';
import { FAKE_RELIABILITY } from './reliability.ts';

export const CHART_EXAMPLES: Record<ChartName, () => ReactNode> = {
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
};
