/** How components reach the app: the state to read through selectors, one set of actions to call. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Actions } from '../app/actions.ts';
import type { Lab } from '../app/lab.ts';
import type { State } from '../app/state.ts';

export const LabContext = createContext<Lab | null>(null);

function lab(context: Lab | null): Lab {
  if (!context) throw new Error('A component was rendered outside LabContext.');
  return context;
}

/** Part of the state. The selector must return a part of the state, not a new object each time. */
export function useLab<T>(select: (state: State) => T): T {
  return useStore(lab(useContext(LabContext)).state, select);
}

export function useActions(): Actions {
  return lab(useContext(LabContext)).actions;
}
