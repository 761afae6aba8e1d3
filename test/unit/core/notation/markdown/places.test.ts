import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Field, PlanPart } from '../../../../../src/core/model';
import { readMarkdown } from '../../../../../src/core/notation/markdown/readMarkdown';

const folders = [join(__dirname, '../../readings'), join(__dirname, '../../../../../samples/finetune')];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => join(folder, name)),
);

describe('everything stands where it says', () => {
  test.each(files.map((file) => [file.split('/').at(-1) ?? file, file]))('%s', (_, file) => {
    const part = readMarkdown(file, readFileSync(file, 'utf8'));
    const things = [...part.phases, ...part.beads, ...part.gates, ...part.scenarios];
    for (const thing of things) {
      const { id, idAt, head, location, title } = thing;
      // A range in place of an id is a bead for each, all in one place.
      if (idAt) expect(part.text.slice(idAt.start, idAt.end), id).toMatch(plainly(id) ? escaped(id) : /./);
      expect(head.start >= 0 && head.end <= part.text.length && head.start < head.end, id).toBe(true);
      expect(location.start <= location.end && location.end <= part.text.length, id).toBe(true);
      expect(title.start <= title.end, id).toBe(true);
      expect(plain(part.text.slice(title.start, title.end)), id).toBe(plain(title.value));
    }
    const fields = fieldsIn({ ...part, text: '' });
    for (const { value, start, end } of fields) {
      expect(plain(part.text.slice(start, end))).toBe(plain(value));
    }
    expect(things.length + part.promptCount + part.insights.length).toBeGreaterThan(0);
  });
});

function plainly(id: string): boolean {
  return !/\d{2,}$/.test(id);
}

function escaped(id: string): RegExp {
  return new RegExp(`^${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

/** Without emphasis, escapes and line breaks: what a reader sees. */
function plain(text: string): string {
  return text
    .replace(/[*_~\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** All texts with a place, wherever they stand in a part. Titles and ids are looked at above. */
function fieldsIn(value: unknown): Field<string>[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  const entries = Object.entries(value as Partial<PlanPart> & Partial<Field<unknown>>);
  const own = value as Partial<Field<unknown>> & { readonly kind?: string; readonly through?: string };
  const isReference = 'kind' in own && ['phase', 'bead', 'gate', 'scenario'].includes(own.kind ?? '');
  const isText =
    typeof own.value === 'string' && typeof own.start === 'number' && !isReference && own.through === undefined;
  const isStatus = isText && ['open', 'in_progress', 'closed', 'deferred'].includes(own.value as string);
  if (isText && !isStatus && !/^[\w.'-]+$/.test(own.value as string)) return [own as Field<string>];
  return entries.flatMap(([key, each]) => (key === 'title' ? [] : fieldsIn(each)));
}
