/** The version of this program, the commit it was built from, and the starter that it was built with. */
import { version } from '../../package.json';
import type { BuiltStarter } from './starterFacts.ts';

/** Set by the build. */
declare const __COMMIT__: string;
declare const __STARTER__: BuiltStarter | null;

export const BUILD = { version, commit: __COMMIT__ };
export const BUILT_STARTER = __STARTER__;
