/** The labels most worth doubting: how they are looked for, how many are probably wrong, and the queue of them. */
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { takenFromAudit } from '../../app/sharing.ts';
import type { Audited } from '../../core/audit/contract.ts';
import { KIND_NAMES, KINDS, type KindName } from '../../core/audit/kinds/index.ts';
import type { Doubt } from '../../core/audit/queue.ts';
import { useActions, useLab } from '../context.ts';
import { count, plural } from '../format.ts';
import { Button } from '../parts/Button.tsx';
import { SaidAloud, useSaid } from '../parts/Said.tsx';
import { AuditProgressBar } from './AuditProgressBar.tsx';
import { DoubtQueue } from './DoubtQueue.tsx';
import styles from './Doubts.module.css';
import { NoiseNote } from './NoiseNote.tsx';

type Props = {
  /** Opens the images of a doubt, if given. */
  onShow?: (doubt: Doubt) => void;
};

export function Doubts({ onShow }: Props) {
  const audit = useLab((state) => state.audit);
  const set = useLab((state) => state.labelSet);
  const project = useLab((state) => state.project.id);
  const datasets = useLab((state) => state.datasets);
  const ready = useLab((state) => state.ready);
  const readOnly = useLab((state) => state.readOnly);
  const actions = useActions();
  const [kind, setKind] = useState<KindName | 'all'>('all');
  const found = audit?.set === set.id ? audit.found : null;
  const isJudged = found !== null && found.judgedMs !== null;
  const isRunning = audit !== null && audit.progress !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another project or set has other doubts, other labels others
  useEffect(() => {
    if (ready) void actions.rankDoubts();
  }, [actions, ready, project, set.id, datasets]);

  const all = found?.items;
  const items = useMemo(
    () => (all ?? []).filter((item) => kind === 'all' || item.kind === kind),
    [all, kind],
  );

  const head = useRef<HTMLDivElement>(null);
  const [said, say] = useSaid();
  const before = useRef({ isRunning, left: items.length });
  useEffect(() => {
    const { isRunning: was, left } = before.current;
    before.current = { isRunning, left: items.length };
    if (was && !isRunning && all) say(`${plural(all.length, 'doubt')} found.`);
    // What had the focus is gone: the button that was pressed, or the last doubt.
    if ((was !== isRunning || (left > 0 && items.length === 0)) && document.activeElement === document.body)
      head.current?.querySelector('button')?.focus();
  }, [isRunning, items.length, all, say]);

  return (
    <section className={styles.doubts} aria-label="Doubts about labels" data-testid="doubts">
      <SaidAloud said={said} />
      <div ref={head} className={styles.head}>
        <h2>Doubts</h2>
        <Start isFirst={found?.judgedMs === null} />
        {all && all.length > 0 && (
          <select
            aria-label="Kind of doubt"
            value={kind}
            onChange={({ target }) => setKind(target.value as KindName | 'all')}
            data-testid="doubt-kind"
          >
            <option value="all">All kinds: {count(all.length)}</option>
            {KIND_NAMES.map((name) => (
              <option key={name} value={name}>
                {KINDS[name].label}: {count(all.filter((item) => item.kind === name).length)}
              </option>
            ))}
          </select>
        )}
      </div>
      {found && !(isRunning && isJudged) && <Summary found={found} />}
      {found?.noise && <NoiseNote noise={found.noise} set={set} />}
      {found && (isJudged || found.items.length > 0) && (
        <DoubtQueue items={items} readOnly={readOnly} {...(onShow && { onShow })}>
          {isJudged && found.judged > 0 && (
            <p className={styles.words} data-testid="no-doubts">
              {found.items.length === 0 ? 'No doubts are left.' : 'None of this kind is left.'}
            </p>
          )}
        </DoubtQueue>
      )}
    </section>
  );
}

/** The button, or what keeps it from being pressed; once pressed, how far it is. */
function Start({ isFirst }: { isFirst: boolean }) {
  const live = useLab((state) => state.live);
  const job = useLab((state) => state.job);
  const baselines = useLab((state) => state.baselines);
  const readOnly = useLab((state) => state.readOnly);
  const audit = useLab((state) => state.audit);
  const sets = useLab((state) => state.labelSets);
  const chosen = useLab((state) => state.labelSet.id);
  const actions = useActions();
  const why = useId();
  if (audit?.progress) {
    const other = sets.find(({ id }) => id === audit.looking && id !== chosen);
    return (
      <AuditProgressBar
        progress={audit.progress}
        of={other?.name ?? null}
        onCancel={() => actions.cancelAudit()}
      />
    );
  }
  const taken = takenFromAudit({ live, job, baselines });
  const reason = readOnly
    ? 'This project is open in another tab. Take over to look for doubts here.'
    : taken && `${taken.reason} ${taken.next}`;
  return (
    <>
      <Button
        size="small"
        tone={isFirst ? 'accent' : 'plain'}
        disabled={reason !== null}
        aria-describedby={reason === null ? undefined : why}
        onClick={() => void actions.startAudit()}
        data-testid="audit-start"
      >
        {isFirst ? 'Look for doubts' : 'Look again'}
      </Button>
      {reason !== null && (
        <span id={why} className={styles.words} data-testid="audit-blocked">
          {reason}
        </span>
      )}
    </>
  );
}

function Summary({ found: { judged, slices, judgedMs } }: { found: Audited }) {
  if (judgedMs === null)
    return (
      <p className={styles.words}>
        Three quick models each learn from a part of the labels and judge the rest: no label is judged by a
        model that has learned it. Similar pictures of other patients are asked, too. It takes some minutes;
        go on labelling meanwhile.
      </p>
    );
  if (judged === 0)
    return (
      <p className={styles.words}>
        The models could judge no label: each must learn every class from datasets or patients other than
        those it judges, and each class here comes from too few. Add images of two patients of every class at
        least, then look again.
      </p>
    );
  return judged < slices ? (
    <p className={styles.words}>{plural(slices - judged, 'slice')} came later or could not be judged.</p>
  ) : null;
}
