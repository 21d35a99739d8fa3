/**
 * The version of the pictures for given choices. It rises with every change of pixels or plans: older pictures can't be
 * made again, and must not be confused with this version.
 */
export const EDITION = 3;
