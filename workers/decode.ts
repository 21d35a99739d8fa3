/** A decode worker: started, replaced and ended by workers/ingest.ts and workers/classify.ts. */

import { createDecoder } from '../src/core/files/decoder.ts';
import { decodeFile } from '../src/core/formats/decode.ts';
import { serve } from '../src/core/rpc.ts';

serve(
  self,
  createDecoder(decodeFile, () => performance.now()),
);
