/** How components reach the app: one store to read through selectors, one set of actions to call. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Actions } from '../app/actions.ts';
import type { State } from '../app/state.ts';

export type Lab = { store: StoreApi<State>; actions: Actions };

export const LabContext = createContext<Lab | null>(null);

function lab(context: Lab | null): Lab {
  if (!context) throw new Error('A component was rendered outside LabContext.');
  return context;
}

/** Part of the state. The selector must return what the state holds, not a new object each time. */
export function useLab<T>(select: (state: State) => T): T {
  return useStore(lab(useContext(LabContext)).store, select);
}

export function useActions(): Actions {
  return lab(useContext(LabContext)).actions;
}
