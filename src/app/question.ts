/** Questions to the user before something is lost: one at a time, each answered or dropped. */
import type { Context } from './context.ts';
import type { Question } from './state.ts';

export type QuestionActions = {
  /** Answers the open question. */
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
      // A new question replaces an unanswered one.
      answer(false);
      return new Promise((resolve) => {
        settle = resolve;
        set({ question });
      });
    },
  };
}
