/** The address of a new run: `#/train/new`, even while another one runs. */
export const NEW_RUN = 'new';
