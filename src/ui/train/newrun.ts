/** The address of a run not yet begun: `#/train/new`, though another may be going on. */
export const NEW_RUN = 'new';
