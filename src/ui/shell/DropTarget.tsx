/** Makes the whole window a drop target; while files hover, an overlay shows their destination. */
import { useContext, useEffect, useRef, useState } from 'react';
import { LabContext } from '../context.ts';
import { Icon } from '../parts/Icon.tsx';
import styles from './DropTarget.module.css';
import { type Destination, destination } from './destination.ts';

export function DropTarget() {
  const lab = useContext(LabContext)!;
  const overlay = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<Destination | null>(null);

  useEffect(() => {
    // dragenter and dragleave fire for every element crossed: count them to know whether files are still over.
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const end = () => {
      depth = 0;
      setOver(null);
    };
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth++;
      setOver(destination(lab.state.getState()));
    };
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer!.dropEffect = destination(lab.state.getState()).take ? 'copy' : 'none';
    };
    const onLeave = () => {
      if (--depth <= 0) end();
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      end();
      destination(lab.state.getState()).take?.(event.dataTransfer!, lab.actions);
    };
    const listeners = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop } as const;
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name as keyof typeof listeners, listener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name as keyof typeof listeners, listener);
      }
    };
  }, [lab]);

  const shown = over !== null;
  useEffect(() => {
    // The top layer is above open dialogs too.
    if (shown) overlay.current?.showPopover();
    else overlay.current?.hidePopover();
  }, [shown]);

  return (
    <div ref={overlay} popover="manual" className={styles.overlay} data-testid="drop-overlay">
      {over && (
        <div className={`${styles.card} ${over.take ? '' : styles.refused}`}>
          <Icon name={over.take ? 'drop' : 'close'} size={36} />
          <strong>{over.title}</strong>
          <span>{over.detail}</span>
        </div>
      )}
    </div>
  );
}
