/** The version of this program and the commit it was built from. */
import { version } from '../../package.json';

/** Set by the build. */
declare const __COMMIT__: string;

export const BUILD = { version, commit: __COMMIT__ };
