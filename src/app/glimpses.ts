/** Preview pictures of simulated patients, made in a separate worker that ends with the view. */
import type { Glimpse, GlimpseOrder } from '../core/simulate/glimpse.ts';
import type { PracticeService } from '../core/simulate/service.ts';
import type { WorkerHandle } from './workers.ts';

export type Glimpses = {
  /** One at a time; rejects when ended. */
  make(order: GlimpseOrder): Promise<Glimpse>;
  end(): void;
};

/** The worker starts with the first picture. */
export function openGlimpses(worker: WorkerHandle<PracticeService>): Glimpses {
  let ended = false;
  return {
    make: async (order) => {
      if (ended) throw new DOMException('The pictures are no longer needed.', 'AbortError');
      return worker.call.glimpse(order);
    },
    end: () => {
      ended = true;
      worker.end();
    },
  };
}
