/** Loads trained weights instead of training. */
import { useActions, useLab } from '../context.ts';
import { FilePick } from '../parts/FilePick.tsx';
import { isActive } from '../runs.ts';
import { useTaken } from '../useTaken.ts';

export function LoadModel() {
  const blocked = useLab((state) => state.readOnly || state.runs.some(isActive));
  const taken = useTaken();
  const actions = useActions();
  return (
    <FilePick
      kind="model"
      testId="load-model"
      disabled={blocked || taken !== null}
      title={taken}
      onPick={([file]) => void actions.loadModel(file)}
    />
  );
}
