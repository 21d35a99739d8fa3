/** The inspect worker: decodes single frames for the inspector, apart from any job under way. */
import { createInspector } from '../src/core/inspect/service.ts';
import { serve } from '../src/core/rpc.ts';

serve(self, createInspector());
