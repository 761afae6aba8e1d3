import type { ProgressEntry } from '../model';
import { progressEntriesIn } from '../notation/log/progress';
import type { ActionSource } from './action';

/** What the progress file tells, and the plan's own files, oldest first. */
export function eventsOf({ snapshot: { plan }, progress }: ActionSource): readonly ProgressEntry[] {
  const own = progress === undefined ? [] : progressEntriesIn(progress.file, progress.text);
  const others = plan.progressEntries.filter(({ file }) => file !== progress?.file);
  return [...oldestFirst(others), ...oldestFirst(own)];
}

function oldestFirst(entries: readonly ProgressEntry[]): readonly ProgressEntry[] {
  const [first, last] = [entries[0]?.date.value ?? '', entries.at(-1)?.date.value ?? ''];
  return first.slice(0, 10) > last.slice(0, 10) ? [...entries].reverse() : entries;
}
