/** What begins so, without regard to case; the protocol takes at most a hundred. */
export function matching(begun: string, all: readonly string[]): string[] {
  return all.filter((each) => each.toLowerCase().startsWith(begun.toLowerCase())).slice(0, 100);
}
