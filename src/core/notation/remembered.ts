/** A longer piece of a text is no copy to the engine: to remember it would keep the whole text in memory. */
const LONGEST = 12;
const MOST = 500;

/**
 * The same function, which remembers what it gave for short texts: plans say the same few (`P1`, `closed`, `2h`) over and
 * over. For functions of the text alone.
 */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return read(text);
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    const value = read(text);
    if (known.size >= MOST) known.clear();
    known.set(text, value);
    return value;
  };
}
