/** The inspect worker: decodes single frames for the inspector, independently of running jobs. */
import { createInspector } from '../src/core/inspect/service.ts';
import { serve } from '../src/core/rpc.ts';

serve(self, createInspector());
