import { describe, expect, test, vi } from 'vitest';
import type { PlanPart } from '../../../src/core/model';
import { readPlanFile } from '../../../src/core/notation/read';
import { PlanStore } from '../../../src/core/plan/planStore';
import { everythingWith } from '../../fuzz/everything';
import { hostileTexts, PLAN_MD } from '../../support/hostileTexts';

/** A busy machine takes its time; the square of these sizes takes hours. */
vi.setConfig({ testTimeout: 180_000 });

describe.each(Object.entries(hostileTexts))('%s', (file, texts) => {
  test.each(Object.entries(texts))('%s', (_, text) => {
    const made = text();
    everythingWith(new Map([[file, made]]), Math.floor(made.length / 2));
  });
});

describe('names that objects have by nature', () => {
  const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
  const ids = ({ beads }: Pick<PlanPart, 'beads'>) => beads.map(({ id }) => id);

  test('are ids and references like others, in every notation', () => {
    // In Markdown, underscores around a word are emphasis, and a reference begins with a letter or a digit.
    const plain = NAMES.filter((name) => !name.includes('_'));
    const files: Record<string, [readonly string[], (name: string, before: string | undefined) => string]> = {
      'PLAN.md': [plain, (name, before = 'none') => `- [ ] **${name}** Do it | blocked by: ${before}\n`],
      'plan.yaml': [plain, (name, before = '') => `  ${name}: { title: Do it, blocked_by: [${before}] }\n`],
      'issues.jsonl': [
        NAMES,
        (id, before) =>
          `${JSON.stringify({ id, title: 'Do it', dependencies: before === undefined ? [] : [before] })}\n`,
      ],
    };
    for (const [file, [names, line]] of Object.entries(files)) {
      const lines = names.map((name, at) => line(name, names[at - 1])).join('');
      const text = file === 'plan.yaml' ? `beads:\n${lines}` : lines;
      const store = new PlanStore();
      store.set(file, text, '');
      const [snapshot] = store.plans();
      expect(snapshot && ids(snapshot.plan), file).toEqual(names);
      expect(snapshot?.schedule.waves, file).toEqual(names.map((name) => [name]));
      everythingWith(new Map([[file, text]]), 30);
    }
  });

  test('are plan ids, phases, fields and logs like others', () => {
    for (const name of NAMES) {
      const yaml = `plan: ${name}\n${name}: 1\nphases:\n  - { id: ${name}, ${name}: x, beads: [{ id: B1 }] }\ncritiques:\n  ${name}: { text: x, ${name}: y }\nrules: { ${name}: off }\n`;
      const files = new Map([
        ['plan.yaml', yaml],
        ['PLAN.md', `---\nplan: ${name}\n---\n## Phase ${name}: x\n\n${name}: y\n\n- [ ] **B2** x | ${name}: z\n`],
      ]);
      const store = new PlanStore();
      for (const [file, text] of files) store.set(file, text, '');
      expect(store.plans().map(({ plan }) => plan.id)).toEqual([name]);
      everythingWith(files, 10);
    }
  });
});

describe('however a file is written', () => {
  const same = (part: PlanPart) => [
    part.phases.map(({ id, title }) => [id, title.value]),
    part.beads.map(({ id, title, blockedBy }) => [id, title.value, blockedBy.map(({ value }) => value)]),
    part.promptCount,
    part.head.planId?.value,
  ];
  const FILES = {
    'PLAN.md': PLAN_MD,
    'plan.yaml':
      'plan: shop\nphases:\n  - id: 1\n    title: Base\n    beads:\n      - id: B1\n        title: Dig\n      - { id: B2, title: Build, blocked_by: [B1] }\nprompts:\n  - number: 1\n',
    'issues.jsonl':
      '{"id":"b-1","title":"Dig"}\n{"id":"b-2","title":"Build","dependencies":[{"depends_on_id":"b-1","type":"blocks"}]}\n',
  };
  const ways: Record<string, (text: string) => string> = {
    'with line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
    'with a byte order mark': (text) => `\uFEFF${text}`,
    'with both': (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
    'with line ends of both kinds in turn': (text) => {
      let count = 0;
      return text.replaceAll('\n', () => (count++ % 2 === 0 ? '\r\n' : '\n'));
    },
    'without a line end at its end': (text) => text.trimEnd(),
  };

  test.each(
    Object.entries(FILES).flatMap(([file, text]) =>
      Object.entries(ways).map(([way, as]) => [file, way, as(text), text] as const),
    ),
  )('%s says the same %s', (file, _, written, text) => {
    expect(same(readPlanFile(file, written))).toEqual(same(readPlanFile(file, text)));
    everythingWith(new Map([[file, written]]), 20);
  });

  test('Markdown with line ends of old Macs says the same', () => {
    const written = PLAN_MD.replaceAll('\n', '\r');
    expect(same(readPlanFile('PLAN.md', written))).toEqual(same(readPlanFile('PLAN.md', PLAN_MD)));
    everythingWith(new Map([['PLAN.md', written]]), 20);
  });

  test.each(Object.entries(FILES))('%s in UTF-16, read as if it were UTF-8, is no plan and no error', (file, text) => {
    for (const bytes of [Buffer.from(`\uFEFF${text}`, 'utf16le'), Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()]) {
      const read = bytes.toString('utf8');
      const part = readPlanFile(file, read);
      expect([part.phases, part.beads, part.promptCount, part.diagnostics]).toEqual([[], [], 0, []]);
      everythingWith(new Map([[file, read]]), 20);
    }
  });

  test.each(Object.entries(FILES))('%s with a NUL byte far down is read around it', (file, text) => {
    const filler = file.endsWith('.jsonl') ? '\n'.repeat(9000) : `${'\n'.repeat(9000)}`;
    const written = `${text}${filler}\0\n`;
    expect(readPlanFile(file, written).beads).toHaveLength(2);
    everythingWith(new Map([[file, written]]), 20);
  });

  test.each(Object.entries(FILES))('%s with halves of characters stays whole', (file, text) => {
    everythingWith(new Map([[file, text.replaceAll('i', '\ud83d').replaceAll('B', '\udc00')]]), 20);
  });
});
