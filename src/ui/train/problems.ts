/** What is wrong in the form, by field: fields report it, and nothing starts while there is any. */
import { createContext } from 'react';

export type Problems = Readonly<Record<string, string>>;

type Form = {
  report(field: string, problem: string | null): void;
  /** Changes when all fields are to show their values anew. */
  version: number;
};

export const FormContext = createContext<Form>({ report: () => {}, version: 0 });

export function withProblem(problems: Problems, field: string, problem: string | null): Problems {
  if ((problems[field] ?? null) === problem) return problems;
  const { [field]: _, ...rest } = problems;
  return problem === null ? rest : { ...rest, [field]: problem };
}
