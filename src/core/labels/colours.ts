/**
 * Colours proposed for classes, told apart with any colour vision. The first seven are Okabe and Ito's ("Color Universal
 * Design", 2008, without black), the rest Tol's "muted" scheme (SRON/EPS/TN/09-002, 2021).
 */
const PROPOSED = [
  '#56b4e9',
  '#e69f00',
  '#cc79a7',
  '#009e73',
  '#0072b2',
  '#d55e00',
  '#f0e442',
  '#88ccee',
  '#cc6677',
  '#44aa99',
  '#999933',
  '#882255',
  '#332288',
  '#ddcc77',
  '#117733',
  '#aa4499',
] as const;

/** A proposed colour that is least used by `taken`. */
export function proposedColour(taken: readonly string[]): string {
  const uses = (colour: string) => taken.filter((one) => one.toLowerCase() === colour).length;
  return PROPOSED.reduce<string>((best, colour) => (uses(colour) < uses(best) ? colour : best), PROPOSED[0]);
}

/** The first digit, then the first letter, that no class has as its key; '' if all are taken. */
export function proposedKey(taken: readonly string[]): string {
  return [...'123456789', ...LETTERS].find((key) => !taken.includes(key)) ?? '';
}

/** Letters that no command of the label page has. */
const LETTERS = 'abcdehijklmnopqstvwyz';
