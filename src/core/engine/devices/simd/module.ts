/** Selects and loads the kernel build that this browser can run. */
import { bytesOf } from '../../../wasm.ts';

/** The last bits of fused multiply-add differ between machines, so runs record their variant. */
export type Variant = `${'relaxed' | 'plain'}-${'shared' | 'single'}`;

/** (module (func (result v128) … f32x4.relaxed_madd)): valid if relaxed SIMD is supported. */
const RELAXED_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 1, 253, 17, 65, 2,
  253, 17, 65, 3, 253, 17, 253, 133, 2, 11,
]);

const LOADERS: Record<Variant, () => Promise<{ base64: string }>> = {
  'relaxed-shared': () => import('../../wasm/build/relaxed-shared.ts'),
  'relaxed-single': () => import('../../wasm/build/relaxed-single.ts'),
  'plain-shared': () => import('../../wasm/build/plain-shared.ts'),
  'plain-single': () => import('../../wasm/build/plain-single.ts'),
};

export function chooseVariant(shared: boolean): Variant {
  const arithmetic = WebAssembly.validate(RELAXED_PROBE) ? 'relaxed' : 'plain';
  return `${arithmetic}-${shared ? 'shared' : 'single'}`;
}

export async function loadModule(variant: Variant): Promise<WebAssembly.Module> {
  const { base64 } = await LOADERS[variant]();
  return WebAssembly.compile(bytesOf(base64));
}
