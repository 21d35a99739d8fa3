/** The keys of the slices behind a figure that the inspector alone does not have, for the `?` dialog. */

export const FIGURE_KEYS: readonly { keys: readonly string[]; label: string }[] = [
  { keys: ['1', '…'], label: 'Correct the label, and go on' },
  { keys: ['0', 'X'], label: 'No label; exclude, or take in again' },
  { keys: ['U', 'R'], label: 'Take back what was done here, or do it again' },
  { keys: ['G'], label: 'Grid, where many are selected, or one with the inspector' },
];
