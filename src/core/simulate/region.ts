/** The body parts that can be simulated. */
export const REGIONS = ['head', 'neck', 'chest', 'abdomen', 'pelvis', 'knee', 'hand', 'breast'] as const;
export type RegionName = (typeof REGIONS)[number];
