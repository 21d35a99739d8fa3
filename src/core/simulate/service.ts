/** The contract of the workers that make practice files. */

import { bodyOf, type Glimpse, type GlimpseOrder, glimpse } from './glimpse.ts';
import { makeSeries, type PlannedSeries, type PracticeFile } from './practice.ts';
import { remember } from './remember.ts';
import type { Body } from './volume.ts';

/** Served by workers/practice.ts. Pure work: the same arguments give the same bytes. */
export type PracticeService = {
  /** The files of one series. */
  make(args: { series: PlannedSeries }): Promise<{ files: PracticeFile[] }>;
  /** One picture. */
  glimpse(order: GlimpseOrder): Promise<Glimpse>;
};

export function createPracticeService(): PracticeService {
  // Users turn knobs for one patient: building and sampling the body take most of the time.
  let last: { name: string; body: Body } | null = null;
  return {
    make: async ({ series }) => {
      const files = await makeSeries(series);
      return { files };
    },
    glimpse: async (order) => {
      const name = [order.modality === 'XR', order.region, order.patientSeed].join();
      if (last?.name !== name) last = { name, body: remember(bodyOf(order)) };
      return glimpse(order, last.body);
    },
  };
}
