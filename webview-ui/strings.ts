import type { PageStrings } from '../src/protocol';

/** The page's words, as the extension put them into the document. */
export function readStrings(): PageStrings {
  return JSON.parse(document.getElementById('strings')?.textContent ?? '{}') as PageStrings;
}

/** `fill('{0} of {1}', 3, 7)` gives `3 of 7`. */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}
