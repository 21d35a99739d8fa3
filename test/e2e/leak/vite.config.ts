/** The app's build with an ingest that leaks: only the privacy test makes it, to prove that it would see a leak. */
import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';
import real from '../../../vite.config.ts';

// biome-ignore lint/style/noDefaultExport: Vite reads a configuration from there.
export default mergeConfig(real, {
  resolve: {
    // As workers/ingest.ts writes it; the leaking service itself reaches the real one by another path.
    alias: {
      '../src/core/ingest/service.ts': fileURLToPath(new URL('./service.ts', import.meta.url)),
    },
  },
});
