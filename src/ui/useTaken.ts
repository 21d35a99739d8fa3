/** Why the device is not free for a training, a loaded model or an evaluation, in words; null: it is. */
import { takenFromTraining } from '../app/sharing.ts';
import { useLab } from './context.ts';

export function useTaken(): string | null {
  const audit = useLab((state) => state.audit);
  const baselines = useLab((state) => state.baselines);
  const taken = takenFromTraining({ audit, baselines });
  return taken && `${taken.reason} ${taken.next}`;
}
