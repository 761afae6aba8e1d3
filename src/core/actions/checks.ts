import type { Bead, Phase, Plan } from '../model';
import type { Location } from '../text';

/** One thing to do before a bead or phase counts as verified. */
export interface Check extends Location {
  readonly kind: 'command' | 'manual';
  /** The command as it is run, or the words of the manual step. */
  readonly text: string;
}

/**
 * What verifies a phase or bead, in the plan's order. A phase says so itself. A bead is verified by its done-whens: a
 * command that one of them gives as code is run, and what it has to show is for a person to look at.
 */
export function checksOf(plan: Plan, thing: Phase | Bead): readonly Check[] {
  const checks = thing.kind === 'phase' ? thing.verification.map(checkOfPhase) : checksOfBead(plan, thing);
  const seen = new Set<string>();
  return checks.filter(({ kind, text }) => {
    const key = `${kind} ${text}`;
    if (text === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function checkOfPhase({ kind, value, file, start, end }: Phase['verification'][number]): Check {
  return { kind, text: kind === 'command' ? commandOf(value) : value.trim(), file, start, end };
}

function checksOfBead(plan: Plan, { doneWhen }: Bead): readonly Check[] {
  return doneWhen.flatMap((field): readonly Check[] => {
    const place = { file: field.file, start: field.start, end: field.end };
    const written = plan.textOf(field.file)?.slice(field.start, field.end) ?? '';
    const spans = [...written.matchAll(CODE)].map(([, code = '']) => commandOf(code));
    const commands = spans
      .filter((code) => COMMAND.test(code))
      .map((text): Check => ({ ...place, kind: 'command', text }));
    const isCommandAlone = commands.length > 0 && WORDS.exec(written.replace(CODE, '')) === null;
    return isCommandAlone ? commands : [...commands, { ...place, kind: 'manual', text: field.value.trim() }];
  });
}

const CODE = /`([^`\n]{1,500})`/g;
const WORDS = /[\p{L}\p{N}]/u;

/** What people type at a prompt, by the program it begins with; anything else in code marks may be a name or a value. */
const COMMAND =
  /^(?:[A-Z_][A-Z0-9_]*=\S+ )*(?:\.{0,2}\/[\w./-]+ |\.{1,2}\/[\w./-]+$|(?:npm|npx|pnpm|yarn|bun|deno|node|tsc|vitest|jest|eslint|make|just|task|cargo|go|python3?|pytest|tox|uv|poetry|ruff|mypy|docker|podman|git|gh|curl|bash|sh|dotnet|gradle|mvn|bundle|rake|rspec|php|composer|mix|swift|terraform|kubectl|helm|psql|sqlite3|diff|grep|test|cmake|ctest|bazel|\.\/gradlew)(?: |$))/;

function commandOf(text: string): string {
  return text.trim().replace(/^\$ /, '');
}
