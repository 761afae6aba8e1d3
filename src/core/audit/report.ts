import type { Plan, Thing } from '../model';
import { nameOf } from '../plan/tellings';
import { lastSegment } from '../prompt/phaseValues';
import type { Location } from '../text';

/** Where a place of a plan's file can be opened: the target of a Markdown link. */
export type LinkTo = (place: Location) => string;

/** Plan text as words of a report: on one line, and without a meaning in Markdown. */
export function words(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#]/g, '\\$&');
}

export function link(text: string, place: Location, linkTo: LinkTo): string {
  return `[${words(text)}](<${linkTo(place).replace(/[<>\n]/g, encodeURIComponent)}>)`;
}

export function linkToThing(thing: Thing, linkTo: LinkTo): string {
  return link(nameOf(thing), thing.idAt ?? thing.head, linkTo);
}

/** `Line 12`, with the file where it is not the plan's main one. */
export function placeName(plan: Plan, { file, start }: Location): string {
  const line =
    1 +
    (plan
      .textOf(file)
      ?.slice(0, start)
      .match(/\r\n?|\n/g)?.length ?? 0);
  return file === plan.files[0] ? `Line ${line}` : `${lastSegment(file)}, line ${line}`;
}

/** Blocks with blank lines between them; empty ones are left out. */
export function page(title: string, plan: Plan, blocks: readonly string[]): string {
  return `${[`# ${title}: ${words(plan.title)}`, ...blocks.filter((block) => block !== '')].join('\n\n')}\n`;
}

/** A heading with a list below it; nothing for an empty list. */
export function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `## ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}

/** `1 gap`, `3 gaps`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
