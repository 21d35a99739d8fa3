/** The menu of the open project's label sets. */
import { SetMenu } from './SetMenu.tsx';
import { useLabelSets } from './useLabelSets.ts';

export function LabelSetMenu() {
  return <SetMenu port={useLabelSets()} />;
}
