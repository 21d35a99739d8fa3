/** Questions to the person before something is lost: one at a time, each answered or dropped. */
import type { Context } from './context.ts';
import type { Question } from './state.ts';

export type QuestionActions = {
  /** Answers the question that stands. */
  answer(yes: boolean): void;
};

export type Asking = QuestionActions & {
  ask(question: Question): Promise<boolean>;
};

export function createAsking(set: Context['set']): Asking {
  let settle: ((yes: boolean) => void) | null = null;
  const answer = (yes: boolean) => {
    const waiting = settle;
    settle = null;
    set({ question: null });
    waiting?.(yes);
  };
  return {
    answer,
    ask: (question) => {
      // A new question takes the place of one that nobody answered.
      answer(false);
      return new Promise((resolve) => {
        settle = resolve;
        set({ question });
      });
    },
  };
}
