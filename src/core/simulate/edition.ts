/**
 * Which pictures the same choices give. Raised whenever pixels or plans change: what an older one made can't be made
 * again, and must not be taken for it.
 */
export const EDITION = 2;
