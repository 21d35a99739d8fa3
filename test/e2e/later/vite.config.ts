/** The app as a later commit builds it: other names of its parts, and another commit in Settings. */
import { mergeConfig } from 'vite';
import real from '../../../vite.config.ts';

// biome-ignore lint/style/noDefaultExport: Vite reads a configuration from there.
export default mergeConfig(real, { define: { __COMMIT__: JSON.stringify('later') } });
