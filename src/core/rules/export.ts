/** Whether a file is written by a tracker and not by people: what its format has no field for, nobody can add. */
export function isExport(file: string): boolean {
  return file.toLowerCase().endsWith('.jsonl');
}
