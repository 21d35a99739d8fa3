/** Repeats a run from its manifest or its report. */
import { useActions, useLab } from '../context.ts';
import { FilePick } from '../parts/FilePick.tsx';
import { isActive } from '../runs.ts';
import { useTaken } from '../useTaken.ts';

export function RepeatRun() {
  const blocked = useLab((state) => state.readOnly || state.job !== null || state.runs.some(isActive));
  const taken = useTaken();
  const actions = useActions();
  return (
    <FilePick
      kind="run"
      testId="repeat-run"
      disabled={blocked || taken !== null}
      title={taken ?? 'From its manifest or its report, on the same data; then both are compared'}
      onPick={([file]) => void actions.repeatRun(file)}
    />
  );
}
