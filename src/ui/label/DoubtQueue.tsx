/** The queue of doubts as a list, answered by buttons and keys; the next doubt takes the place of the answered one. */
import type { ReactNode } from 'react';
import type { DoubtAnswer } from '../../app/audit.ts';
import type { Doubt } from '../../core/audit/queue.ts';
import { useActions, useLab } from '../context.ts';
import { SaidAloud, useSaid } from '../parts/Said.tsx';
import { DoubtBar } from './DoubtBar.tsx';
import { DoubtRow } from './DoubtRow.tsx';
import { type DoubtCommand, useDoubtKeys } from './doubtKeys.ts';
import { PictureRows, usePictureRows } from './PictureRows.tsx';

type Props = {
  items: Doubt[];
  readOnly: boolean;
  onShow?: (doubt: Doubt) => void;
  /** Stands in its place while it is empty. */
  children: ReactNode;
};

export function DoubtQueue({ items, readOnly, onShow, children }: Props) {
  const set = useLab((state) => state.labelSet);
  const actions = useActions();
  const [said, say] = useSaid();
  const list = usePictureRows(items, {
    idOf: ({ id }) => id,
    refsOf: ({ show, beside }) => (beside ? [show, beside] : [show]),
  });
  const { roving } = list;

  const answer = (index: number, given: DoubtAnswer) => {
    const doubt = items[index];
    if (readOnly || !doubt) return;
    list.leave(index);
    void actions.answerDoubt(doubt, given);
    const name = given.kind === 'label' && set.classes.find(({ id }) => id === given.class)?.name;
    if (given.kind === 'label') say(name ? `Labelled ${name}.` : 'The label is taken away.');
    else say(given.kind === 'exclude' ? 'Excluded.' : 'Left as it is.');
  };
  const run = (command: DoubtCommand) => {
    const doubt = items[roving.current];
    if (command.do === 'focus') list.focus();
    else if (command.do === 'answer') answer(roving.current, command.answer);
    else if (command.do === 'accept') {
      const to = doubt?.proposed === null ? undefined : set.classes[doubt?.proposed ?? -1];
      if (to) answer(roving.current, { kind: 'label', class: to.id });
    } else if (!readOnly) {
      list.expect();
      say(command.do === 'undo' ? 'Undone.' : 'Done again.');
      void (command.do === 'undo' ? actions.undoAnswer() : actions.redoAnswer());
    }
  };
  useDoubtKeys(set, run);

  return (
    <>
      <SaidAloud said={said} />
      <DoubtBar set={set} doubt={items[roving.current] ?? null} readOnly={readOnly} run={run} />
      {items.length === 0 && children}
      <PictureRows
        list={list}
        label="Doubts, the strongest first"
        row={(doubt, place) => (
          <DoubtRow
            doubt={doubt}
            place={place}
            set={set}
            readOnly={readOnly}
            onAnswer={(given) => answer(place.index, given)}
            {...(onShow && { onShow: () => onShow(doubt) })}
          />
        )}
      />
    </>
  );
}
