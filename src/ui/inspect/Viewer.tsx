/** The image itself: left drag windows, right drag zooms, middle drag pans, the wheel scrolls the stack. */
import { type PointerEvent, useEffect, useRef, type WheelEvent } from 'react';
import { fitted, type Placement, render, zoomed } from '../../core/image/render.ts';
import { draggedWindow, type Window } from '../../core/image/window.ts';
import { useSize } from '../parts/size.ts';
import { HeatMap, type Overlay } from './HeatMap.tsx';
import type { Picture, Probe } from './picture.ts';
import styles from './Viewer.module.css';
import { wheelSteps } from './wheel.ts';

type Props = {
  picture: Picture;
  window: Window;
  inverted: boolean;
  /** null: the whole image. */
  placement: Placement | null;
  probe: Probe | null;
  /** A heat map over the whole image. */
  overlay: Overlay | null;
  onWindow: (window: Window) => void;
  onPlacement: (placement: Placement) => void;
  onProbe: (probe: Probe | null) => void;
  onStep: (by: number) => void;
  onSize: (size: { width: number; height: number }) => void;
};

export function Viewer(props: Props) {
  const { picture, window, inverted, probe, onSize, onStep } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<{ button: number; x: number; y: number; window: Window; place: Placement } | null>(
    null,
  );
  const turned = useRef(0);
  const { width, height } = useSize(frame);
  const place = props.placement ?? fitted(picture, width, height);

  useEffect(() => onSize({ width, height }), [onSize, width, height]);

  useEffect(() => {
    const ratio = globalThis.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    const element = canvas.current;
    if (!element || w === 0 || h === 0) return;
    if (element.width !== w || element.height !== h) Object.assign(element, { width: w, height: h });
    const image = new ImageData(w, h);
    const target = new Uint32Array(image.data.buffer);
    const scaled = { scale: place.scale * ratio, x: place.x * ratio, y: place.y * ratio };
    render(picture, scaled, { window, inverted }, { width: w, height: h, target });
    element.getContext('2d')?.putImageData(image, 0, 0);
  }, [picture, window, inverted, width, height, place.scale, place.x, place.y]);

  const pointAt = (event: PointerEvent) => {
    const box = frame.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const down = (event: PointerEvent) => {
    // Keeps the middle button from scrolling; focus the element that handles the keys.
    event.preventDefault();
    event.currentTarget.closest<HTMLElement>('[role="application"]')?.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { button: event.button, ...pointAt(event), window, place };
  };

  const move = (event: PointerEvent) => {
    const { x, y } = pointAt(event);
    const begun = drag.current;
    if (!begun) {
      const u = (x - place.x) / (place.scale * picture.columns);
      const v = (y - place.y) / (place.scale * picture.rows);
      props.onProbe(u >= 0 && u < 1 && v >= 0 && v < 1 ? { u, v } : null);
      return;
    }
    const [dx, dy] = [x - begun.x, y - begun.y];
    if (begun.button === 0) {
      const range = picture.histogram ?? picture.range ?? { low: 0, high: 255 };
      props.onWindow(draggedWindow(begun.window, dx, dy, range));
    } else if (begun.button === 1) {
      props.onPlacement({ ...begun.place, x: begun.place.x + dx, y: begun.place.y + dy });
    } else {
      const fit = fitted(picture, width, height).scale;
      props.onPlacement(zoomed(begun.place, 2 ** (-dy / 100), begun.x, begun.y, fit));
    }
  };

  const turn = (event: WheelEvent) => {
    const { steps, left } = wheelSteps(event, turned.current);
    turned.current = left;
    if (steps !== 0) onStep(steps);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the stage around it has keys for every drag
    <div
      ref={frame}
      className={styles.viewer}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => {
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
      onPointerLeave={() => props.onProbe(null)}
      onContextMenu={(event) => event.preventDefault()}
      onWheel={turn}
      data-testid="viewer"
    >
      <canvas ref={canvas} className={styles.canvas} />
      {props.overlay && width > 0 && (
        <div
          className={styles.overlay}
          style={{
            left: place.x,
            top: place.y,
            width: picture.columns * place.scale,
            height: picture.rows * place.scale,
          }}
        >
          <HeatMap {...props.overlay} />
        </div>
      )}
      {probe && (
        <span
          className={styles.probe}
          style={{
            left: place.x + probe.u * picture.columns * place.scale,
            top: place.y + probe.v * picture.rows * place.scale,
          }}
        />
      )}
    </div>
  );
}
