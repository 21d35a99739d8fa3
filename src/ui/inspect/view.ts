/** The view of the image: window, zoom, polarity and probed pixel. It is kept while scrolling the stack. */
import { useCallback, useMemo, useState } from 'react';
import { fitted, type Placement, zoomed } from '../../core/image/render.ts';
import type { Window } from '../../core/image/window.ts';
import type { Command } from './keys.ts';
import { type Choice, FIRST, type Picture, type Probe, presetAt, presetWindow } from './picture.ts';

type Moves = {
  step: (by: number) => void;
  first: () => void;
  last: () => void;
  list: (by: number) => void;
  series: (by: 1 | -1) => void;
};
type Size = { width: number; height: number };

export function useView(picture: Picture | null, moves: Moves) {
  const [choice, setChoice] = useState<Choice>(FIRST);
  const [inverted, setInverted] = useState(false);
  /** Valid for one image size: another size is shown whole. */
  const [placed, setPlaced] = useState<{ of: string; placement: Placement } | null>(null);
  const [probe, setProbe] = useState<{ at: Probe; byKey: boolean } | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });

  const of = picture ? `${picture.rows}×${picture.columns}` : '';
  const placement = placed?.of === of ? placed.placement : null;
  const place = placement ?? (picture && fitted(picture, size.width, size.height));

  const onPlacement = useCallback((next: Placement) => setPlaced({ of, placement: next }), [of]);
  const handlers = useMemo(
    () => ({
      onWindow: (window: Window) => setChoice(window),
      onPlacement,
      onProbe: (at: Probe | null) => setProbe(at && { at, byKey: false }),
      onSize: setSize,
    }),
    [onPlacement],
  );

  /** Keeps the probed pixel visible. */
  const moveProbe = (dx: number, dy: number) => {
    if (!picture || !place) return;
    const from = probe?.at ?? { u: 0.5 - dx / picture.columns, v: 0.5 - dy / picture.rows };
    const clamp = (share: number) => Math.min(1 - 1e-6, Math.max(0, share));
    const at = { u: clamp(from.u + dx / picture.columns), v: clamp(from.v + dy / picture.rows) };
    setProbe({ at, byKey: true });
    const [x, y] = onScreen(at, picture, place);
    const [toX, toY] = [inside(x, size.width), inside(y, size.height)];
    if (toX !== x || toY !== y) onPlacement({ ...place, x: place.x + toX - x, y: place.y + toY - y });
  };

  const zoom = (by: number) => {
    if (!picture || !place) return;
    const [x, y] = probe ? onScreen(probe.at, picture, place) : [size.width / 2, size.height / 2];
    onPlacement(zoomed(place, by, x, y, fitted(picture, size.width, size.height).scale));
  };

  const run = (command: Command) => {
    switch (command.do) {
      case 'step':
        return moves.step(command.by);
      case 'series':
        return moves.series(command.by);
      case 'list':
        return moves.list(command.by);
      case 'first':
      case 'last':
        return moves[command.do]();
      case 'invert':
        return setInverted(!inverted);
      case 'fit':
        return setPlaced(null);
      case 'reset':
        setChoice(FIRST);
        setInverted(false);
        return setPlaced(null);
      case 'zoom':
        return zoom(command.by);
      case 'probe':
        return moveProbe(command.dx, command.dy);
      case 'preset': {
        const preset = presetAt(command.number);
        if (picture && presetWindow(preset, picture)) setChoice(preset);
        return;
      }
      default:
        command satisfies never;
    }
  };

  return {
    choice,
    inverted,
    placement,
    probe: probe?.at ?? null,
    byKey: probe?.byKey ?? false,
    handlers,
    run,
  };
}

function onScreen({ u, v }: Probe, { rows, columns }: Picture, { scale, x, y }: Placement): [number, number] {
  return [x + u * columns * scale, y + v * rows * scale];
}

function inside(at: number, size: number): number {
  return Math.min(size - 12, Math.max(12, at));
}
