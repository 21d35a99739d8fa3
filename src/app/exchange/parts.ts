/** What the exchange of labels needs of the rest of the app. */
import type { LabelEdit, LabelEvent } from '../../core/labels/event.ts';
import type { ExchangeShard } from '../../core/labels/exchange/slices.ts';
import type { SliceRef } from '../../core/types.ts';
import type { Originals } from '../originals.ts';

export type ExchangeParts = {
  store: {
    shardIndexes(project: string, set?: string): Promise<ExchangeShard[]>;
    slicePixels(refs: SliceRef[]): Promise<(Uint8Array | null)[]>;
    labelEvents(project: string): Promise<LabelEvent[]>;
    editLabels(
      project: string,
      edits: readonly LabelEdit[],
      reader: string,
      timeMs: number,
    ): Promise<unknown>;
  };
  /** What the reader calls themselves. */
  reader(): string;
  originals: Pick<Originals, 'atHand'>;
  /** Reads the project's labels again after they were changed. */
  refresh(): Promise<void>;
  save(name: string, blob: Blob): void;
};
