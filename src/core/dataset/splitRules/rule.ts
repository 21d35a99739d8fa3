/** What a rule of splits is: it reads the counts and says in one sentence what a reader of the results should know. */
import type { HeatClass } from '../heat.ts';

export type SplitRule = {
  /** Name in reports. */
  name: string;
  title: string;
  /** Empty where the splits keep the rule. */
  find(classes: readonly HeatClass[]): readonly { class: string; text: string }[];
};

export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Whether the project has any slice of the class. */
export function has({ cells }: HeatClass): boolean {
  return cells.some(({ slices }) => slices > 0);
}
