/** A decode worker: started, replaced and ended by workers/ingest.ts and workers/classify.ts. */
import { decodeFile } from '../src/core/formats/decode.ts';
import { createDecoder } from '../src/core/ingest/decoder.ts';
import { serve } from '../src/core/rpc.ts';

serve(self, createDecoder(decodeFile));
