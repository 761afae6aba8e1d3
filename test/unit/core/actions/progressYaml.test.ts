import { describe, expect, test } from 'vitest';
import { closeBead, reopenBead } from '../../../../src/core/actions/beads';
import { progressEntriesIn } from '../../../../src/core/notation/log/progress';
import { actionSource, beadIn, editsOf, filesAfter, MARIA } from '../../../support/actions';

const planIn = (progress: string) =>
  `---\nmode: executing\nprogress: ${progress}\n---\n\n- [ ] B1 Read | P0\n- [ ] B2 Go\n`;

/** The progress file once B1 is closed. */
function closedIn(file: string, text: string, evidence = '3 pages: all'): string {
  const files = { 'PLAN.md': planIn(file), [file]: text };
  const source = actionSource(files, { progress: file });
  const edits = editsOf(closeBead(source, beadIn(source, 'B1'), MARIA, { evidence: [evidence] }));
  return filesAfter(files, edits)[file] ?? '';
}

function refusalIn(file: string, text: string) {
  const source = actionSource({ 'PLAN.md': planIn(file), [file]: text }, { progress: file });
  const outcome = closeBead(source, beadIn(source, 'B1'), MARIA, { evidence: ['3 pages'] });
  return 'refused' in outcome ? outcome.refused : undefined;
}

const ENTRY = `  - date: 2026-05-02
    about: B1
    what_happened: closed
    who: "@maria"
    evidence: "3 pages: all"
`;

describe('a progress file in YAML', () => {
  test('begins with a list of its own', () => {
    const text = closedIn('progress.yaml', '');
    expect(text).toMatch(/^# Progress: .*\n# One entry for each event/);
    expect(text.endsWith(`\nprogress_entries:\n${ENTRY}`)).toBe(true);
    expect(progressEntriesIn('progress.yaml', text)).toMatchObject([
      {
        date: { value: '2026-05-02' },
        about: { value: 'B1' },
        what: { value: 'closed' },
        who: { value: '@maria' },
        evidence: { value: '3 pages: all' },
      },
    ]);
  });

  test.each(['progress_entries: []\n', 'progress_entries:\n', 'progress_entries: ~ # none yet\n'])(
    'goes on where a list is empty: %j',
    (text) => {
      const comment = /#.*/.exec(text)?.[0];
      const head = comment === undefined ? 'progress_entries:' : `progress_entries: ${comment}`;
      expect(closedIn('progress.yml', `title: Log\n${text}`)).toBe(`title: Log\n${head}\n${ENTRY}`);
    },
  );

  test('gets an entry behind the last one, with its keys', () => {
    const text =
      'progress_entries:\n- when: 2026-05-01\n  bead: B1 # begun\n  event: started\n  by: "@maria"\n# the end\n';
    expect(closedIn('progress.yaml', text)).toBe(
      text.replace(
        '# the end',
        '- when: 2026-05-02\n  bead: B1\n  event: closed\n  by: "@maria"\n  evidence: "3 pages: all"\n# the end',
      ),
    );
    const windows = text.replaceAll('\n', '\r\n');
    expect(closedIn('progress.yaml', windows).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('gets it above the first one where the newest stands on top', () => {
    const old =
      '  - { date: 2026-05-01, bead: B2, what_happened: claimed }\n  - { date: 2026-04-30, bead: B1, what_happened: claimed }\n';
    expect(closedIn('progress.yaml', `progress_entries:\n  # newest first\n${old}`)).toBe(
      `progress_entries:\n  # newest first\n${ENTRY.replace('about', 'bead')}${old}`,
    );
  });

  test('may be the plan itself', () => {
    const text =
      'plan: x\nprogress: x.plan.yaml\nbeads:\n  - { id: B1, title: Read }\n\nprogress_entries:\n  - { date: 2026-05-01, bead: B1, what: started }\n';
    const files = { 'x.plan.yaml': text };
    const source = { ...actionSource(files), progress: { file: 'x.plan.yaml', text } };
    const edits = editsOf(closeBead(source, beadIn(source, 'B1'), MARIA, { evidence: ['3 pages'] }));
    const after = filesAfter(files, edits)['x.plan.yaml'] ?? '';
    expect(after).toContain('- { id: B1, title: Read, status: closed, evidence: 3 pages }');
    expect(after).toContain('  - date: 2026-05-02\n    bead: B1\n    what: closed\n');
    const now = { ...actionSource({ 'x.plan.yaml': after }), progress: { file: 'x.plan.yaml', text: after } };
    const again = filesAfter({ 'x.plan.yaml': after }, editsOf(reopenBead(now, beadIn(now, 'B1'), MARIA)));
    expect(progressEntriesIn('x.plan.yaml', again['x.plan.yaml'] ?? '').map(({ what }) => what.value)).toEqual([
      'started',
      'closed',
      'reopened',
    ]);
  });

  test.each([
    '# yes',
    '{a: b}',
    'true',
    '2026-05-02',
    '- x',
    'a "b',
    "it's",
    '| a',
    '- [ ] B3 Go | P0',
    'progress_entries: []',
  ])('may hold the evidence %j', (evidence) => {
    const entries = progressEntriesIn('progress.yaml', closedIn('progress.yaml', '', evidence));
    expect(entries.map((entry) => entry.evidence?.value)).toEqual([evidence]);
  });

  test('is refused where an entry would not be read as one, or the file cannot be read', () => {
    for (const text of [
      '- date: 2026-05-01\n  bead: B1\n',
      'progress_entries: [{ date: 2026-05-01, bead: B1 }]\n',
      'progress_entries:\n  - B1 was begun\n',
    ])
      expect(refusalIn('progress.yaml', text)).toMatchObject({
        code: 'not-written',
        message: expect.stringContaining('progress.yaml'),
        advice: expect.stringContaining('progress_entries'),
      });
    expect(refusalIn('progress.yaml', 'progress_entries: "\n')?.message).toMatch(
      /^progress\.yaml cannot be read: Missing closing/,
    );
  });
});

test.each(['progress.json', 'progress.jsonl', 'log.csv', 'log.tsv'])('progress is not written into %s', (file) => {
  expect(refusalIn(file, '')).toMatchObject({
    code: 'not-written',
    message: `Progress is written in Markdown, plain text or YAML, and ${file} is none of these.`,
    advice: 'Name another file in the plan: progress: progress.md.',
  });
});
