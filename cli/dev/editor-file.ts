/** The files that editors keep beside the one that is edited. */

const PATTERNS = [
  // vim: whether a folder can be written to, swap files, backups; backups of many others
  /^4913$/,
  /\.sw[a-z]$/,
  /~$/,
  // Emacs: locks and autosaves
  /^\.#/,
  /^#.*#$/,
  // what gets the real name when it is whole
  /\.te?mp(?:[-.]?[0-9a-f]{4,})?$/i,
  /___jb_(?:tmp|old)___$/,
  /^\.goutputstream-/,
  // folders that are looked at
  /^\.DS_Store$/,
];

/** Whether a file name is one that an editor has made for itself, for a moment. */
export function isEditorFile(name: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(name));
}
