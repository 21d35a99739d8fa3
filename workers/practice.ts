/** A worker that makes practice files. */
import { move, serve } from '../src/core/rpc.ts';
import { createPracticeService, type PracticeService } from '../src/core/simulate/service.ts';

const service = createPracticeService();

serve<PracticeService>(self, {
  ...service,
  make: async (args) => {
    const made = await service.make(args);
    return move(
      made,
      made.files.map(({ bytes }) => bytes.buffer),
    );
  },
});
