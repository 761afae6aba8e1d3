/** Whether a file is what the Beads tracker exports: read, never written. */
export function isExport(file: string): boolean {
  return /\.jsonl$/i.test(file);
}
