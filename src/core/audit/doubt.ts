/** The scale of doubt that all kinds share. */

/** From here on the evidence speaks for another label than the one given. */
export const DISPUTED = 0.5;
/** From here on the evidence speaks for the label, but only just. */
export const UNSURE = 0.25;
/** A series without a label comes after the disputed ones and before the unsure ones. */
export const UNLABELLED = 0.49;
