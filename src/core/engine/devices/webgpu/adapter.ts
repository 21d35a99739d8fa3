/** Finds the graphics processor, and opens it with everything it offers that kernels can use. */

/** Taken where they are there. tfjs times its kernels by the first; no kernel of ours depends on the others. */
const FEATURES = ['timestamp-query', 'shader-f16', 'subgroups'] as GPUFeatureName[];

/** Limits that are raised to what the adapter has. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** Null where there is none but an emulated one, unless `allowFallback`. */
export async function findAdapter(gpu: GPU, allowFallback: boolean): Promise<GPUAdapter | null> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter && (allowFallback || !isFallback(adapter)) ? adapter : null;
}

/** Older browsers say it of the adapter, and some drivers say it in their name alone. */
function isFallback(adapter: GPUAdapter): boolean {
  const { isFallbackAdapter } = adapter as { isFallbackAdapter?: boolean };
  const said = isFallbackAdapter ?? adapter.info.isFallbackAdapter;
  return said || /swiftshader|llvmpipe|lavapipe|basic render/i.test(nameOf(adapter.info));
}

/** What is known of an adapter's name; browsers blank most of it. */
export function nameOf({ description, vendor, architecture, device }: GPUAdapterInfo): string {
  return (
    description || [vendor, architecture, device].filter(Boolean).join(' ') || 'Unnamed graphics processor'
  );
}

export async function openAdapter(adapter: GPUAdapter): Promise<GPUDevice> {
  return adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
}
