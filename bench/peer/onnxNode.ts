/** ONNX Runtime's native processor provider in Node: settings as JSON in the first argument, one JSON line on stdout. */
import { measureOnnxRuntime, type OrtOptions } from './onnxruntime.ts';

const result = await measureOnnxRuntime(JSON.parse(process.argv[2]) as OrtOptions);
console.log(JSON.stringify({ host: 'node', ...result }));
