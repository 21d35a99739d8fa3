/** Requests to a model, one at a time: while one runs, only the newest later one is kept. */
import { useEffect, useRef, useState } from 'react';

export type Failure = { reason: string; outcome: string; next: string };

/** The last answer; it stays visible until the next one. */
export type Answer<Q, T> = { to: Q; value: T | null; failure: Failure | null };

/**
 * @param question a new object asks again; null asks nothing
 * @param cancels whether a new question ends the previous one, for slow questions
 */
export function useAsking<Q extends object, T>(
  question: Q | null,
  ask: (question: Q, signal: AbortSignal) => Promise<T>,
  { cancels }: { cancels: boolean },
): { answer: Answer<Q, T> | null; pending: boolean } {
  const [answer, setAnswer] = useState<Answer<Q, T> | null>(null);
  const wanted = useRef<Q | null>(null);
  const running = useRef<AbortController | null>(null);
  const asks = useRef(ask);
  asks.current = ask;

  useEffect(() => {
    wanted.current = question;
    if (cancels || !question) running.current?.abort();
    const work = async () => {
      while (wanted.current) {
        const now: Q = wanted.current;
        wanted.current = null;
        const controller = new AbortController();
        running.current = controller;
        const found = await asks.current(now, controller.signal).then(
          (value) => ({ value, failure: null }),
          (error: unknown) => ({ value: null, failure: failureOf(error) }),
        );
        if (!controller.signal.aborted) setAnswer({ to: now, ...found });
      }
      running.current = null;
    };
    if (question && !running.current) void work();
  }, [question, cancels]);

  // Closing the panel cancels the request.
  useEffect(
    () => () => {
      wanted.current = null;
      running.current?.abort();
    },
    [],
  );

  return { answer, pending: question !== null && answer?.to !== question };
}

function failureOf(error: unknown): Failure {
  const { message = '', outcome = '', next = '' } = error as Partial<Failure & Error>;
  return { reason: message, outcome, next };
}
