/**
 * The header of the open file, element by element. It may name the patient: it is read only when asked for, and kept by
 * this component alone.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { InspectTarget, Missing } from '../../app/state.ts';
import type { HeaderTree } from '../../core/inspect/header/tree.ts';
import { useActions } from '../context.ts';
import { plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { Callout } from '../parts/Message.tsx';
import { SaidAloud, useSaid } from '../parts/Said.tsx';
import styles from './Elements.module.css';
import { ElementTree } from './ElementTree.tsx';
import { countElements, rowsOf, textOf } from './elements.ts';

type Props = {
  target: InspectTarget;
  /** Changes when the file may be at hand now. */
  version: number;
  /** Whether they were asked for; it holds for the slices that are looked at next. */
  asked: boolean;
  onAsk: () => void;
};

export function Elements({ target, version, asked, onAsk }: Props) {
  return (
    <section className={styles.elements} aria-label="Header elements" data-testid="elements">
      {asked ? (
        <Shown target={target} version={version} />
      ) : (
        <Callout tone="warn" title="These elements may name the patient." testId="elements-hidden">
          They are read from your file for this view, and forgotten when it closes: nothing of them is stored,
          logged or exported.
          <div className={styles.ask}>
            <Button size="small" onClick={onAsk} data-testid="elements-show">
              Show all elements
            </Button>
          </div>
        </Callout>
      )}
    </section>
  );
}

function Shown({ target, version }: Pick<Props, 'target' | 'version'>) {
  const { tree, missing, pending } = useHeader(target, version);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [copied, setCopied] = useState('');
  const [said, say] = useSaid();
  const nodes = tree?.nodes ?? [];
  const rows = useMemo(() => rowsOf(nodes, open, query), [nodes, open, query]);
  const total = useMemo(() => countElements(nodes), [nodes]);
  const current = rows[Math.min(at, rows.length - 1)];

  const copy = async (text: string) => {
    const words = await navigator.clipboard.writeText(text).then(
      () => `Copied ${plural(text.trimEnd().split('\n').length, 'line')}.`,
      () =>
        'The browser refused to copy: nothing was copied. Press the button again with this window in front.',
    );
    setCopied(words);
    say(words);
  };

  if (missing)
    return (
      <Callout tone="warn" title={missing.reason} testId="elements-missing">
        {missing.next}
      </Callout>
    );
  if (!tree) return <p className={styles.note}>{pending ? 'Reading the header …' : ''}</p>;
  return (
    <>
      <input
        type="search"
        className={styles.search}
        placeholder="Tag, name, VR or value"
        aria-label="Search the elements"
        value={query}
        onChange={({ target: { value } }) => {
          setQuery(value);
          setAt(0);
        }}
        data-testid="element-search"
      />
      <p className={styles.note} aria-live="polite" data-testid="element-count">
        {query.trim()
          ? `${plural(rows.length, 'row')} found in ${plural(total, 'element')}`
          : plural(total, 'element')}
        {LEFT[tree.left] && ` · ${LEFT[tree.left]}`}
      </p>
      {rows.length > 0 ? (
        <ElementTree
          rows={rows}
          at={at}
          onAt={setAt}
          onOpen={({ id }, isOpen) => setOpen((before) => toggled(before, id, isOpen))}
        />
      ) : (
        <p className={styles.note}>No element is like this.</p>
      )}
      {current && (
        <p className={styles.whole} data-testid="element-whole">
          <b>{[current.node.tag, current.node.name].filter(Boolean).join(' ')}</b>
          <span>{current.node.value || 'empty'}</span>
        </p>
      )}
      <div className={styles.copy}>
        <Button
          size="small"
          disabled={!current}
          onClick={() => current && void copy(textOf([current.node]))}
          data-testid="element-copy"
        >
          Copy this element
        </Button>
        <Button size="small" onClick={() => void copy(textOf(tree.nodes))} data-testid="element-copy-all">
          Copy all
        </Button>
        <span className={styles.note} data-testid="element-copied">
          {copied || 'What you copy may name the patient.'}
        </span>
      </div>
      <SaidAloud said={said} />
    </>
  );
}

const LEFT: Readonly<Record<HeaderTree['left'], string>> = {
  nothing: '',
  many: 'the first ones; the file has more than can be shown',
  unreadable: 'what comes after the last one can’t be read as elements',
};

type Read = { key: string; tree: HeaderTree | null; missing: Missing | null };

/** The header of a slice's file; the last one stays until the next is read. */
function useHeader(target: InspectTarget, version: number): Omit<Read, 'key'> & { pending: boolean } {
  const actions = useActions();
  const [read, setRead] = useState<Read>({ key: '', tree: null, missing: null });
  const busy = useRef<Promise<unknown>>(Promise.resolve());
  const key = `${version} ${JSON.stringify(target)}`;

  useEffect(() => {
    let wanted = true;
    const work = async () => {
      // After a fast scroll only the last slice is read.
      await busy.current;
      if (!wanted) return;
      const asked = JSON.parse(key.slice(key.indexOf(' '))) as InspectTarget;
      const reading = actions.header(asked);
      busy.current = reading.catch(() => undefined);
      const found = await reading.then(
        (header) => ('nodes' in header ? { tree: header, missing: null } : { tree: null, missing: header }),
        (error: Error & { next?: string }) => ({
          tree: null,
          missing: { reason: error.message, next: error.next ?? '' },
        }),
      );
      if (wanted) setRead({ key, ...found });
    };
    void work();
    return () => {
      wanted = false;
    };
  }, [actions, key]);

  return { ...read, pending: read.key !== key };
}

function toggled(before: ReadonlySet<string>, id: string, open: boolean): ReadonlySet<string> {
  const after = new Set(before);
  if (open) after.add(id);
  else after.delete(id);
  return after;
}
