/** The few settings of this browser rather than of a project. Nothing from files is kept here. */

const PREFIX = 'modality-lab:';

/**
 * `every-slice`: whether a classification looks at all slices. `reader`: what the user calls themselves; `labels-offered`: ids of the projects whose old labels were offered for correction; `reading:` + project id: files
 * are being read into it, or the page ended during that if no tab does it now; `practice:` + project id: the choices of
 * its practice files; `queue:` + project id: its queue of runs goes on.
 */
type Preference =
  | 'theme'
  | 'every-slice'
  | 'reader'
  | 'project'
  | 'labels-offered'
  | `reading:${string}`
  | `practice:${string}`
  | `queue:${string}`;

export function readPreference(name: Preference): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    // Storage may be forbidden; the app works without it.
    return null;
  }
}

export function writePreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    return;
  }
}

export function removePreference(name: Preference): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    return;
  }
}

export function clearPreferences(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    return;
  }
}
