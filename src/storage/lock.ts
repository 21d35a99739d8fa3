/** One writing tab per project: a browser lock that is released when the tab closes. */

export type Writer = { release(): void };

/**
 * Resolves to null if another tab holds the project, unless `steal` takes it over.
 * @param options.onLost called when another tab took over
 */
export function acquireWriter(
  project: string,
  options: { steal?: boolean; onLost: () => void },
): Promise<Writer | null> {
  return new Promise((resolve, reject) => {
    let held = false;
    let released = false;
    const mode = options.steal ? { steal: true } : { ifAvailable: true };
    navigator.locks
      .request(`modality-lab/${project}`, mode, (lock) => {
        if (!lock) return resolve(null);
        held = true;
        return new Promise<void>((end) => {
          const release = () => {
            released = true;
            end();
          };
          resolve({ release });
        });
      })
      .catch((error: unknown) => {
        // When a lock is stolen its request rejects.
        if (!held) reject(error);
        else if (!released) options.onLost();
      });
  });
}
