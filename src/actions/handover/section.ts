const BEGIN = '<!-- phasewise: where the work stands; written anew by Hand Over -->';
const END = '<!-- phasewise: end -->';

/** Where the section begins in notes; at their start where there is none. */
export function startOfSection(notes: string): number {
  return Math.max(0, notes.indexOf(BEGIN));
}

/** The notes with this text as their section, in place of an earlier one; what people wrote around it stays. */
export function withSection(notes: string, text: string): string {
  // A line that ends the section early would leave the rest behind next time.
  const inside = text.trim().replaceAll(END, '');
  const section = `${BEGIN}\n\n${inside}\n\n${END}`;
  const start = notes.indexOf(BEGIN);
  const end = start < 0 ? -1 : notes.indexOf(END, start);
  if (end >= 0) return notes.slice(0, start) + section + notes.slice(end + END.length);
  return notes.trim() === '' ? `${section}\n` : `${notes.trimEnd()}\n\n${section}\n`;
}
