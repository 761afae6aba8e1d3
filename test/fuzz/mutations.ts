/** Numbers that look random and are the same for the same seed (mulberry32, by Tommy Ettinger, public domain). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, but not with, `below`. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  }

  /** One of these, of which there must be one. */
  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}

/** Text that means something to readers, rules, parsers and regular expressions. */
const PIECES: readonly string[] = [
  ...'#*_`~|[](){}<>-–—:;,.!?"\'\\/@&%=→·✅🚧\t\r\n\0\u00a0\u2028\ufeff\ud800'.split(''),
  '\n\n',
  '\r\n',
  '  ',
  '# ',
  '## ',
  '- [ ] ',
  '- [x] ',
  '- ',
  '1. ',
  '> ',
  '```\n',
  '~~~\n',
  '<!--',
  '-->',
  '---\n',
  '| a | b |\n|---|---|\n',
  '**',
  '~~',
  '<task>\n',
  '</task>\n',
  '\n## Phase 2: New\n',
  '\n### B9 — New\n',
  '\n## Gate G9: Fine?\n',
  '\n### Scenario F9: Fire\n',
  '\n## Prompt 9 — New\n',
  '\n> words\n',
  '\n**Key decisions:**\n\n- All → B1\n',
  '\n## Feedback\n\n- C1: too slow — adopted\n',
  '\n## Readiness\n\n| Pass | New gaps |\n|-|-|\n| 1 | 2 |\n',
  '\n## Progress\n\n- 2026-05-02 · B1 · closed\n',
  '\n## Insights\n\n**Tier 1**\n\n- a\n',
  'Blocked by: ',
  'blocked_by: [',
  'Depends on: Phase 1\n',
  'Done when: 3 of 3\n',
  'see Scenario F1',
  'T1–T9999999',
  'other/B1',
  'B1',
  'G1',
  'F1',
  '__proto__',
  'constructor',
  'toString',
  ': ',
  '\n  - id: new\n    title: New\n',
  '\nphases:\n',
  '\nprompts:\n  - number: 1\n    decisions: [a → B1]\n',
  '\n        beads:\n          - {id: inner}\n',
  '&a ',
  '*a',
  '<<: *a\n',
  '!!binary ',
  '? ',
  '|\n  ',
  '>-\n  ',
  '{"id":"a","title":"b"}\n',
  '"dependencies":[{"depends_on_id":"a","type":"blocks"}],',
  '"_type":"memory",',
  '\\u0000',
  'null',
  '2026-05-02',
  'plan: other\n',
  'mode: executing\n',
  '<!-- phasewise-disable-line -->',
];

/** One change of a text. `inserted` takes the place of `removed` characters at `at`. */
export interface Change {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

export function changed(text: string, { at, removed, inserted }: Change): string {
  return text.slice(0, at) + inserted + text.slice(at + removed);
}

/** A change like those of a careless writer, an agent or an enemy; `others` are texts to take from. */
export function anyChange(text: string, others: readonly string[], dice: Dice): Change {
  const at = dice.below(text.length + 1);
  const line = text.lastIndexOf('\n', at - 1) + 1;
  switch (dice.below(10)) {
    case 0:
      return { at, removed: dice.below(4), inserted: '' };
    case 1:
      return { at, removed: dice.below(400), inserted: '' };
    case 2: {
      const from = dice.below(text.length + 1);
      return { at: line, removed: 0, inserted: text.slice(from, from + dice.below(800)) };
    }
    case 3: {
      const other = dice.of(others);
      const from = other.lastIndexOf('\n', dice.below(other.length + 1)) + 1;
      return {
        at: line,
        removed: dice.below(2) * dice.below(200),
        inserted: other.slice(from, from + dice.below(1200)),
      };
    }
    case 4:
      return { at, removed: 0, inserted: dice.of(PIECES).repeat(1 + dice.below(60)) };
    case 5:
      return { at: line, removed: 0, inserted: ' '.repeat(dice.below(12)) };
    case 6:
      return { at: line, removed: 0, inserted: dice.of(PIECES) };
    case 7: {
      const piece = text.slice(at, at + dice.below(300));
      const other = dice.of([
        piece.toUpperCase(),
        piece.replaceAll('\n', '\r\n'),
        piece.replaceAll('\n', '\r'),
        piece.replace(/ /g, '\t'),
      ]);
      return { at, removed: piece.length, inserted: other };
    }
    default:
      return { at, removed: dice.below(6), inserted: dice.of(PIECES) };
  }
}
