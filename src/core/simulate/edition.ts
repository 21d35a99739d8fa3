/**
 * The version of the pictures for given choices. Raised whenever pixels or plans change: older pictures can't be made
 * again, and must not be taken for it.
 */
export const EDITION = 2;
