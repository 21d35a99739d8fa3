/** Opens the database and assembles the port from its parts. */
import { adapterStore } from './adapters.ts';
import { auditStore } from './audits.ts';
import { checkpointStore } from './checkpoints.ts';
import { compact } from './compact.ts';
import { type ConnectionOptions, openConnection } from './connection.ts';
import { datasetStore } from './datasets.ts';
import { labelStore } from './labels.ts';
import type { Store } from './port.ts';
import { projectStore } from './projects.ts';
import { runStore } from './runs.ts';
import { shardStore } from './shards.ts';

/**
 * @param options.fence the writer from the start; see `Store.setFence`
 * @throws LabError if the browser gives no storage, or a newer version of the app or another program wrote it
 */
export async function openStore(options: ConnectionOptions = {}): Promise<Store> {
  const connection = await openConnection(options);
  return {
    ...projectStore(connection),
    ...datasetStore(connection),
    ...shardStore(connection),
    ...labelStore(connection),
    ...runStore(connection),
    ...checkpointStore(connection),
    ...auditStore(connection),
    ...adapterStore(connection),
    compact: (project) => compact(connection, project),
    storedBytes: () =>
      connection.read(['sizes'], async (transaction) => {
        const sizes = await transaction.objectStore('sizes').getAll();
        return sizes.reduce((sum, bytes) => sum + bytes, 0);
      }),
    deleteEverything: connection.destroy,
    close: connection.close,
  };
}
