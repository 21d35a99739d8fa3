/**
 * When to submit recorded work. Too rarely, and the system resets a slow processor (Windows: after 2 s); too
 * often, and the queue itself costs time. It changes when results arrive, never their values.
 */

/** Work is counted in floating-point operations; moving a byte takes about as long as this many. */
export const OPERATIONS_PER_BYTE = 25;

const SUBMIT_S = 0.25;
const FEWEST = 5e9;
const MOST = 400e9;
/** Used until a speed is known. */
const FIRST = 20e9;
/** Less work than this says nothing about speed. */
const MEASURABLE = 10e9;

export class SubmitThrottle {
  #limit = FIRST;
  #recorded = 0;
  #submitted = 0;
  #answeredWork = 0;
  #answeredAt: number;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#answeredAt = nowMs();
  }

  /** Counts recorded work; true when it should be submitted. */
  add(operations: number): boolean {
    this.#recorded += operations;
    return this.#recorded >= this.#limit;
  }

  submitted(): void {
    this.#submitted += this.#recorded;
    this.#recorded = 0;
  }

  /** Call after submitting the work of a read; call the result when the read completes. */
  reading(): () => void {
    const work = this.#submitted;
    return () => {
      const now = this.#nowMs();
      const done = work - this.#answeredWork;
      if (done > MEASURABLE) {
        const perSecond = (done / Math.max(now - this.#answeredAt, 1)) * 1000;
        this.#limit = Math.min(Math.max(perSecond * SUBMIT_S, FEWEST), MOST);
      }
      this.#answeredWork = Math.max(work, this.#answeredWork);
      this.#answeredAt = now;
    };
  }
}
