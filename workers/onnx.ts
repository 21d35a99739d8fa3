/** The worker that writes models for other programs: it needs the networks' own code, and as much memory as their weights. */
import type { OnnxService } from '../src/core/onnx/contract.ts';
import { toOnnx } from '../src/core/onnx/index.ts';
import { serve } from '../src/core/rpc.ts';

serve<OnnxService>(self, {
  toOnnx: async (weights) => new Blob([...(await toOnnx(weights))], { type: 'application/octet-stream' }),
});
