/** Converts wheel events to slices: a notch is one slice, whatever its length in pixels. */

/** A notch is 53 to 120 pixels, by browser and system; shorter deltas come from a trackpad. */
const NOTCH_PX = 50;
/** Trackpad pixels per slice. */
const SLICE_PX = 50;

type Turn = Pick<WheelEvent, 'deltaY' | 'deltaMode'>;

/**
 * @param left the remainder of earlier events, in pixels
 * @returns slices to move, and the remainder
 */
export function wheelSteps({ deltaY, deltaMode }: Turn, left: number): { steps: number; left: number } {
  // Only wheels send lines and pages (modes 1 and 2).
  if (deltaMode !== 0 || Math.abs(deltaY) >= NOTCH_PX) return { steps: Math.sign(deltaY), left: 0 };
  // A change of direction resets the remainder.
  const turned = Math.sign(left) === -Math.sign(deltaY) ? deltaY : left + deltaY;
  // Avoid −0, which differs from 0 in Object.is.
  const steps = Math.trunc(turned / SLICE_PX) + 0;
  return { steps, left: turned - steps * SLICE_PX };
}
