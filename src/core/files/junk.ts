/** System files in folders. They are no images, so they are skipped silently. */

const JUNK = new Set(['.ds_store', 'thumbs.db', 'desktop.ini', '.localized']);

/** Also true of everything below macOS' archive folder and of its "._" companions. */
export function isJunk(path: string): boolean {
  const parts = path.split('/');
  const name = parts[parts.length - 1];
  return JUNK.has(name.toLowerCase()) || name.startsWith('._') || parts.includes('__MACOSX');
}
