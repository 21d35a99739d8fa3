/** The dialog that edits a label set: its classes as a table, the rules of one beside it, and what saving would do. */
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { addClass, freeName, mergeClass, removeClass, sameSet, tidySet } from '../../core/labels/editSet.ts';
import { type LabelSet, MOST_CLASSES, MOST_NAME_CHARACTERS } from '../../core/labels/labelSet.ts';
import type { SetEffect } from '../../core/labels/setEffect.ts';
import { DEFAULT_SET } from '../../core/labels/sets/index.ts';
import type { FoundValues } from '../../core/labels/values.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Modal } from '../parts/Modal.tsx';
import { SaidAloud, useSaid } from '../parts/Said.tsx';
import { ClassPanel } from './ClassPanel.tsx';
import { ClassTable } from './ClassTable.tsx';
import { beginDraft, editDraft, redoDraft, undoDraft } from './draft.ts';
import { Effect, useEffectOf } from './Effect.tsx';
import { faultsOf, hintsOf } from './faultWords.ts';
import { NewClass } from './NewClass.tsx';
import styles from './SetEditor.module.css';

export type EditorProps = {
  /** What is edited: a stored set, or a new one. */
  opened: LabelSet;
  /** The stored set of this id; null if there is none. */
  stored: LabelSet | null;
  others: readonly LabelSet[];
  /** null until they are counted. */
  values: FoundValues | null;
  effectOf: (set: LabelSet) => Promise<SetEffect | null>;
  /** Why nothing can be stored now; null if it can. */
  blocked: string | null;
  onSave: (set: LabelSet) => void;
  onCopy: (set: LabelSet) => void;
  onDownload: (set: LabelSet) => void;
  /** null where the set can't be deleted. */
  onDelete: (() => void) | null;
  onClose: () => void;
};

export function SetEditor(props: EditorProps) {
  const { opened, stored, others, values, effectOf, blocked, onClose } = props;
  const [draft, setDraft] = useState(() => beginDraft(opened));
  const [chosen, setChosen] = useState<string | null>(opened.classes[0]?.id ?? null);
  const [leaving, setLeaving] = useState(false);
  const [said, say] = useSaid();
  const left = useRef<HTMLDivElement>(null);
  const [ended, end] = useReducer((times: number) => times + 1, 0);
  // The class that had the focus is gone: the one that is chosen now has it.
  useEffect(() => {
    if (ended === 0) return;
    const [row, field] = ['[aria-current="true"]', 'input'].map((one) =>
      left.current?.querySelector<HTMLElement>(one),
    );
    (row ?? field)?.focus();
  }, [ended]);
  const set = draft.now;
  const locked = set.id === DEFAULT_SET.id;
  const faults = useMemo(() => faultsOf(set, others), [set, others]);
  const hints = useMemo(() => hintsOf(set), [set]);
  const at = Math.max(
    0,
    set.classes.findIndex(({ id }) => id === chosen),
  );
  const current = set.classes[at];
  const tried = useEffectOf(set, effectOf);
  const changed = stored === null || !sameSet(stored, tidySet(set));
  const unsaved = stored === null ? draft.past.length > 0 : changed;

  const change = (next: LabelSet, field: string | null = null) => {
    setLeaving(false);
    setDraft((before) => editDraft(before, next, field));
  };
  const undo = () => {
    setDraft(undoDraft);
    if (draft.past.length > 0) say('Undone.');
  };
  const redo = () => {
    setDraft(redoDraft);
    if (draft.future.length > 0) say('Done again.');
  };
  const leave = () => (unsaved && !leaving ? setLeaving(true) : onClose());
  const save = () => {
    if (blocked === null && faults.all.length === 0 && changed) props.onSave(tidySet(set));
  };

  return (
    // Keys of the whole dialog; each has a button.
    // biome-ignore lint/a11y/noStaticElementInteractions: the dialog within has the role
    <div
      onKeyDown={(event) => {
        const key = event.key.toLowerCase();
        const typing = (event.target as HTMLElement).matches(
          'input:not([type=radio], [type=color]), textarea',
        );
        if (event.key === 'Escape') {
          // Else a second Escape would close the dialog behind the question.
          event.preventDefault();
          event.stopPropagation();
          leave();
        } else if ((event.ctrlKey || event.metaKey) && !event.altKey && !typing && 'zy'.includes(key)) {
          event.preventDefault();
          event.stopPropagation();
          if (key === 'y' || event.shiftKey) redo();
          else undo();
        } else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') save();
      }}
    >
      <Modal
        title={stored ? `Label set “${stored.name}”` : 'New label set'}
        shape="full"
        onClose={leave}
        testId="set-editor"
        footer={
          leaving ? (
            <Leaving onStay={() => setLeaving(false)} onLeave={onClose} />
          ) : (
            <>
              <p className={styles.state} role="status">
                {blocked ??
                  (faults.all.length > 0
                    ? `${[...new Set(faults.all.map(({ text }) => text))].join(' ')}`
                    : '')}
              </p>
              <Button onClick={leave} data-testid="set-cancel">
                Cancel
              </Button>
              <Button
                tone="accent"
                disabled={blocked !== null || faults.all.length > 0 || !changed}
                onClick={save}
                data-testid="set-save"
              >
                {stored ? 'Save' : 'Make the set'}
              </Button>
            </>
          )
        }
      >
        <div className={styles.top}>
          <label className={styles.name}>
            Name
            <input
              value={set.name}
              readOnly={locked}
              maxLength={MOST_NAME_CHARACTERS}
              aria-invalid={faults.at(null, 'name').length > 0}
              data-testid="set-name"
              onChange={(event) => change({ ...set, name: event.target.value }, 'name')}
            />
          </label>
          <Button
            tone="quiet"
            size="small"
            aria-label="Undo"
            title="Undo (Ctrl+Z)"
            disabled={draft.past.length === 0}
            data-testid="set-undo"
            onClick={undo}
          >
            <Icon name="undo" />
          </Button>
          <Button
            tone="quiet"
            size="small"
            aria-label="Redo"
            title="Redo (Ctrl+Shift+Z)"
            disabled={draft.future.length === 0}
            data-testid="set-redo"
            onClick={redo}
          >
            <Icon name="redo" />
          </Button>
          <span className={styles.space} />
          <Button
            tone="quiet"
            size="small"
            data-testid="set-download"
            onClick={() => props.onDownload(tidySet(set))}
          >
            <Icon name="download" size={14} /> JSON
          </Button>
          <Button tone="quiet" size="small" data-testid="set-copy" onClick={() => props.onCopy(tidySet(set))}>
            Copy the set
          </Button>
          {props.onDelete && (
            <Button tone="danger" size="small" data-testid="set-delete" onClick={props.onDelete}>
              Delete the set …
            </Button>
          )}
        </div>
        {locked && (
          <p className={styles.note} data-testid="set-locked">
            Every project has this set, and runs rely on it: its name, its classes and their order stay.
            Colours, keys, folder names and DICOM values can be changed. For other classes, copy the set.
          </p>
        )}
        <div className={styles.columns}>
          <div ref={left} className={styles.left}>
            <ClassTable
              set={set}
              locked={locked}
              chosen={at}
              faults={faults}
              hints={hints}
              counts={tried?.effect.counts ?? null}
              onChoose={setChosen}
              onChange={change}
              onSay={say}
            />
            {!locked && (
              <NewClass
                first={set.classes.length === 0}
                full={set.classes.length >= MOST_CLASSES}
                onAdd={(names) => {
                  const next = names.reduce(
                    (grown, name) =>
                      grown.classes.length < MOST_CLASSES
                        ? addClass(
                            grown,
                            freeName(
                              name,
                              grown.classes.map((one) => one.name),
                            ),
                          )
                        : grown,
                    set,
                  );
                  change(next);
                  setChosen(next.classes.at(-1)!.id);
                  const made = next.classes.slice(set.classes.length).map(({ name }) => name);
                  say(`${made.join(', ')} added: ${plural(next.classes.length, 'class', 'classes')}.`);
                }}
              />
            )}
            <Effect set={set} stored={stored} tried={tried} />
          </div>
          {current && (
            <ClassPanel
              key={current.id}
              set={set}
              at={at}
              locked={locked}
              faults={faults}
              hints={hints[at]}
              values={values}
              onChange={change}
              onMerge={(into) => {
                setChosen(into);
                change(mergeClass(set, current.id, into));
                say(`${current.name} is merged into ${set.classes.find(({ id }) => id === into)?.name}.`);
                end();
              }}
              onRemove={() => {
                setChosen(set.classes[at + 1]?.id ?? set.classes[at - 1]?.id ?? null);
                change(removeClass(set, current.id));
                say(`${current.name} is removed.`);
                end();
              }}
            />
          )}
        </div>
        <SaidAloud said={said} />
      </Modal>
    </div>
  );
}

function Leaving({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <>
      <p className={styles.state} role="alert">
        The changes are not saved yet.
      </p>
      <Button ref={stay} onClick={onStay} data-testid="set-stay">
        Go on editing
      </Button>
      <Button tone="danger" onClick={onLeave} data-testid="set-leave">
        Drop the changes
      </Button>
    </>
  );
}
