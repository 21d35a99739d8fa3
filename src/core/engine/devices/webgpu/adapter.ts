/** Finds the graphics processor and opens it with all features that kernels can use. */

/** Requested if available. tfjs times its kernels by the first; no kernel of ours depends on the others. */
const FEATURES = ['timestamp-query', 'shader-f16', 'subgroups'] as GPUFeatureName[];

/** Limits that are raised to the adapter's maximum. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** null if there is none, or only an emulated one without `allowFallback`. */
export async function findAdapter(gpu: GPU, allowFallback: boolean): Promise<GPUAdapter | null> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter && (allowFallback || !isFallback(adapter)) ? adapter : null;
}

/** Older browsers have this flag on the adapter, and some drivers show it only in their name. */
function isFallback(adapter: GPUAdapter): boolean {
  const { isFallbackAdapter } = adapter as { isFallbackAdapter?: boolean };
  const flagged = isFallbackAdapter ?? adapter.info.isFallbackAdapter;
  return flagged || /swiftshader|llvmpipe|lavapipe|basic render/i.test(nameOf(adapter.info));
}

/** The known parts of an adapter's name; browsers hide most of it. */
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
