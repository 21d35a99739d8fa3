/** Errors shown to the user: cause, what happened to the data, next step. */

/**
 * An operation failed. `code` is stable and safe to log; `cause`, `outcome` and `next` are sentences for the
 * user. None of them may hold a value read from a file.
 */
export class LabError extends Error {
  readonly code: string;
  /** What happened to the data: "Nothing was stored.", "Everything up to the last shard is kept." */
  readonly outcome: string;
  /** The user's next step. */
  readonly next: string;

  constructor(code: string, cause: string, outcome: string, next: string, options?: ErrorOptions) {
    super(cause, options);
    this.name = 'LabError';
    this.code = code;
    this.outcome = outcome;
    this.next = next;
  }
}

/** The plain form of an error that crosses a worker boundary. */
export type ErrorRecord = { code: string; message: string; outcome: string; next: string };

export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof LabError) {
    return { code: error.code, message: error.message, outcome: error.outcome, next: error.next };
  }
  const aborted = error instanceof Error && error.name === 'AbortError';
  return {
    code: aborted ? 'cancelled' : 'internal',
    message: aborted ? 'Cancelled.' : error instanceof Error ? error.message : String(error),
    outcome: 'Everything stored before this is kept.',
    next: aborted ? 'Start again whenever you like.' : 'Try again; if it happens again, reload the page.',
  };
}

export function fromErrorRecord(record: ErrorRecord): Error {
  if (record.code === 'cancelled') return new DOMExceptionLike(record.message);
  return new LabError(record.code, record.message, record.outcome, record.next);
}

/** An AbortError that needs no DOM. */
class DOMExceptionLike extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AbortError';
  }
}
