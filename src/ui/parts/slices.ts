/** Slices of a query, read page by page as they become visible, and dropped when far away. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SliceCard, SliceQuery } from '../../app/state.ts';
import { useActions } from '../context.ts';

type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A query without its page. */
export type SliceSource = DistributedOmit<SliceQuery, 'offset' | 'limit'>;

export type Slices = {
  /** null until the first page has arrived. */
  total: number | null;
  card(index: number): SliceCard | null;
  /** Requests the pages that contain these indices. */
  need(first: number, last: number): void;
  /** The first index after or before another whose slice matches; null if there is none. */
  find(from: number, by: 1 | -1, wanted: (card: SliceCard) => boolean): Promise<number | null>;
};

const PAGE = 48;
/** 12 pages of 48 slices are 29 MB. */
const PAGES_KEPT = 12;

type Pages = Map<number, SliceCard[] | 'loading'>;

/** @param version a value whose change means that the slices have changed */
export function useSlices(source: SliceSource, version: number | string): Slices {
  const actions = useActions();
  const key = JSON.stringify([source, version]);
  const pages = useRef<Pages>(new Map());
  const [total, setTotal] = useState<number | null>(null);
  const [, redraw] = useState(0);

  const load = useCallback(
    async (page: number, into: Pages) => {
      if (into.has(page)) return;
      into.set(page, 'loading');
      const query = { ...(JSON.parse(key)[0] as SliceSource), offset: page * PAGE, limit: PAGE };
      const result = await actions.slices(query).catch(() => ({ cards: [], total: 0 }));
      into.set(page, result.cards);
      for (const old of into.keys()) {
        if (into.size <= PAGES_KEPT) break;
        if (Math.abs(old - page) > PAGES_KEPT / 2) into.delete(old);
      }
      // An answer to an earlier query is dropped.
      if (into !== pages.current) return;
      setTotal(result.total);
      redraw((n) => n + 1);
    },
    [actions, key],
  );

  useEffect(() => {
    pages.current = new Map();
    setTotal(null);
    void load(0, pages.current);
  }, [load]);

  return {
    total,
    card: (index) => {
      const page = pages.current.get(Math.floor(index / PAGE));
      return page && page !== 'loading' ? (page[index % PAGE] ?? null) : null;
    },
    need: (first, last) => {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
        void load(page, pages.current);
      }
    },
    find: async (from, by, wanted) => {
      const source = JSON.parse(key)[0] as SliceSource;
      for (let at = from + by; at >= 0; ) {
        const offset = Math.floor(at / PAGE) * PAGE;
        const held = pages.current.get(offset / PAGE);
        const cards =
          held && held !== 'loading'
            ? held
            : (await actions.slices({ ...source, offset, limit: PAGE })).cards;
        for (; at >= offset && at < offset + PAGE; at += by) {
          const card = cards[at - offset];
          if (!card) return null;
          if (wanted(card)) return at;
        }
      }
      return null;
    },
  };
}
