/** Errors in the form, by field: fields report them, and any error blocks the start. */
import { createContext } from 'react';

export type Problems = Readonly<Record<string, string>>;

type Form = {
  report(field: string, problem: string | null): void;
  /** Changes when all fields must reset their display. */
  version: number;
};

export const FormContext = createContext<Form>({ report: () => {}, version: 0 });

export function withProblem(problems: Problems, field: string, problem: string | null): Problems {
  if ((problems[field] ?? null) === problem) return problems;
  const { [field]: _, ...rest } = problems;
  return problem === null ? rest : { ...rest, [field]: problem };
}
