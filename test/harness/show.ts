/** The whole app on a made-up state, as a browser test shows it: one at a time. */
import { createElement, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { Actions } from '../../src/app/actions.ts';
import type { State } from '../../src/app/state.ts';
import { App } from '../../src/ui/App.tsx';
import { LabContext } from '../../src/ui/context.ts';
import { createFakeLab } from '../fakes/lab.ts';

let root: Root | null = null;

/** @param patch actions in place of the made-up ones */
export function show(state: State, patch: (actions: Actions) => Partial<Actions> = () => ({})) {
  return showPart(createElement(App), state, patch);
}

/** A part of a page alone. */
export function showPart(
  part: ReactNode,
  state: State,
  patch: (actions: Actions) => Partial<Actions> = () => ({}),
) {
  const lab = createFakeLab(state);
  const element = document.createElement('div');
  element.id = 'root';
  leave();
  document.body.replaceChildren(element);
  root = createRoot(element);
  const value = { ...lab, actions: { ...lab.actions, ...patch(lab.actions) } };
  root.render(createElement(LabContext, { value }, part));
  return lab;
}

/** One that only left the document would still hear the window's events. */
export function leave(): void {
  root?.unmount();
  root = null;
}
