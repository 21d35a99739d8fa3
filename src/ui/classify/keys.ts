/** The keys of the Classify page that mean something else than on the Label page, for the `?` dialog. */

export const CLASSIFY_KEYS: readonly { keys: readonly string[]; label: string }[] = [
  { keys: ['1', '…'], label: 'Say which class it is, and go on' },
  { keys: ['0'], label: 'Say that it is none of the classes' },
  { keys: ['⌫'], label: 'Take back what was said, also long ago' },
  { keys: ['G'], label: 'From the table to the grid; then grid, or one large picture' },
  { keys: ['Enter', 'Esc'], label: 'Larger, up to the inspector; back, up to the table' },
];
