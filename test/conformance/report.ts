/** What a check of many files ends with, for people and for programs. */

export type Failure = { file: string; expected: string; got: string };

export type Case = {
  file: string;
  /** Why the file may differ from its reference; it passes only where it differs in just that way. */
  explained?: string;
  check(): Promise<Failure | null>;
};

export type Report = { total: number; passed: number; failed: number; failures: Failure[] };

export function reportOf(total: number, failures: Failure[]): Report {
  return { total, passed: total - failures.length, failed: failures.length, failures };
}

/** One JSON object, or lines to read. */
export function print(report: Report & Record<string, unknown>, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const { failures, ...rest } = report;
  for (const { file, expected, got } of failures) console.log(`${file}: expected ${expected}, got ${got}`);
  for (const [name, value] of Object.entries(rest)) {
    console.log(`${name}: ${typeof value === 'object' ? JSON.stringify(value, null, 2) : value}`);
  }
}
