/** Tells screen readers what the keys of the Label page do. */
import type { View } from '../../app/route.ts';
import { useLab } from '../context.ts';
import { useSaid } from '../parts/Said.tsx';
import type { LabelCommand } from './keys.ts';
import { type Stand, spokenAct } from './spoken.ts';
import type { Labeller } from './useLabeller.ts';

/** The same labeller, whose commands are told; `said` is the last of it. */
export function useSpoken(labeller: Labeller) {
  const [said, say] = useSaid();
  const view: View = useLab((state) => state.view);
  const stand = (): Stand => {
    const { queue, selection, slice } = labeller.place();
    return { queue, at: selection.at, items: selection.items.size, slice };
  };
  const run = (command: LabelCommand) => {
    if (labeller.readOnly && ['label', 'clear', 'exclude', 'undo', 'redo'].includes(command.do)) return;
    const before = stand();
    const known = labeller.run(command) !== false;
    say(
      spokenAct(command, {
        labelling: labeller.labelling,
        known,
        before,
        after: stand(),
        alone: 'slice' in command && (command.slice || labeller.sliceOnly),
        playing: labeller.playing,
        listed: view.as !== 'one' && document.activeElement?.role === 'listbox',
      }),
    );
  };
  return { ...labeller, run, said };
}
