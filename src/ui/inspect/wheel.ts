/** Turns of the wheel as slices: a notch is one slice, whatever the browser says it is long. */

/** A notch is 53 to 120 pixels, by browser and system; what is shorter comes of a trackpad. */
const NOTCH_PX = 50;
/** Of a trackpad, for one slice. */
const SLICE_PX = 50;

type Turn = Pick<WheelEvent, 'deltaY' | 'deltaMode'>;

/**
 * @param left what earlier turns left over, in pixels
 * @returns slices to go, and what is left over
 */
export function wheelSteps({ deltaY, deltaMode }: Turn, left: number): { steps: number; left: number } {
  // Lines and pages (modes 1 and 2) come of wheels alone.
  if (deltaMode !== 0 || Math.abs(deltaY) >= NOTCH_PX) return { steps: Math.sign(deltaY), left: 0 };
  // A turn back starts anew.
  const turned = Math.sign(left) === -Math.sign(deltaY) ? deltaY : left + deltaY;
  // No −0, which is not 0 to those who compare.
  const steps = Math.trunc(turned / SLICE_PX) + 0;
  return { steps, left: turned - steps * SLICE_PX };
}
