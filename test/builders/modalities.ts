/** The classes of the default label set, in their order, and what the column of version 9 stored for none. */

export const MODALITIES = ['CT', 'MR', 'PT', 'XR'] as const;
export type Modality = (typeof MODALITIES)[number];
export const LABELS = [...MODALITIES, 'other'] as const;
export type Label = (typeof LABELS)[number];
