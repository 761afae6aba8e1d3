import { plainName } from '../fields';
import type { Code } from './blocks';
import { addTo } from './drafts';
import { isFieldName } from './fieldNames';
import { writtenLine } from './fields';
import type { FindingsBuilder } from './findings';
import { headOf } from './heads';
import {
  addEntry,
  type Entry,
  extendEntry,
  fieldNamed,
  hasLabel,
  isFailurePointer,
  partNamed,
  setField,
} from './owners';
import { cut, isAll, isBlank, type Run, type WrittenField, type WrittenLine, withoutMarks } from './run';
import { type Context, listOf, type Scope } from './scope';
import { beginsWithPhase, writtenWait } from './waits';

/** Reads lines of text: fields, what goes on with a field, and prose. */
export class LineReader {
  readonly #found: FindingsBuilder;

  constructor(found: FindingsBuilder) {
    this.#found = found;
  }

  /** The lines of a paragraph, or of an item behind its first one. */
  read(lines: readonly Run[], at: number, scope: Scope): void {
    const { owner, isQuiet } = scope.context;
    /** What a line without a name of its own goes on with. */
    let last: Entry | undefined;
    for (const run of lines) {
      const label = labelOf(run);
      const { lead, fields } = label ?? writtenLine(run);
      const [first] = fields;
      const { open } = scope;
      if (owner.kind === 'bead' && open?.isFixed !== true && isStepLine(run)) {
        owner.steps.push({ text: { run, at } });
        scope.open = undefined;
        last = undefined;
        continue;
      }
      if (scope.context.topic === 'dependency' && open === undefined && this.waits(run, at, scope.context)) continue;
      if (isFailurePointer(run, owner)) {
        last = addEntry(addTo(owner.fields, 'ifItFails'), { run, at });
        scope.open = open?.isFixed ? open : undefined;
      } else if (first !== undefined && isBlank(lead) && this.mayName(first, scope)) {
        last = this.fields(fields, at, scope);
      } else if (owner.kind === 'phase' && !open?.isFixed && PLAIN_WAIT.test(run.text)) {
        const from = PLAIN_WAIT.exec(run.text)?.[0].length ?? 0;
        last = addEntry(addTo(owner.fields, 'dependsOn'), { run: cut(run, from, run.text.length), at });
      } else if (last !== undefined && !hasLabel(run)) extendEntry(last, run);
      else if (open !== undefined && (open.isFixed || !open.hasItems)) last = addEntry(listOf(open), { run, at });
      else {
        scope.open = undefined;
        last = isQuiet ? undefined : addEntry(owner.prose, { run, at });
      }
    }
  }

  /** Whether a line that begins like a field is one here, or goes on with what is open. */
  mayName(field: WrittenField, { context, open }: Scope): boolean {
    if (open !== undefined && partNamed(open.field, field.name) !== undefined) return true;
    const own = fieldNamed(context.owner, field.name);
    if (open?.isFixed) return own !== undefined && own !== open.field && field.isBold && open.owner === context.owner;
    return own !== undefined || field.isBold;
  }

  /** Sets the fields of a line, and opens the last one for what follows. Gives where a next line goes on. */
  fields(fields: readonly WrittenField[], at: number, scope: Scope): Entry | undefined {
    let last: Entry | undefined;
    for (const field of fields) {
      const { open, context } = scope;
      const part = open === undefined ? undefined : partNamed(open.field, field.name);
      if (open !== undefined && part !== undefined) {
        const list = addTo(open.owner.fields, part);
        last = isBlank(field.value) ? undefined : addEntry(list, { run: field.value, at });
        if (last === undefined) scope.open = { ...open, field: part };
        continue;
      }
      last = setField(context.owner, field, at, context.isQuiet);
      const named = fieldNamed(context.owner, field.name);
      const isToldBelow = isBlank(field.value) || /:\s*$/.test(field.value.text);
      if (named !== undefined && isToldBelow && context.owner.kind !== 'aside') {
        scope.open = { owner: context.owner, field: named, depth: scope.depth, isFixed: false, hasItems: false };
      } else if (open?.isFixed !== true) scope.open = undefined;
    }
    return last;
  }

  /** Lines behind the first line of an item that is a field: they go on with its value up to the next field. */
  goOn(lines: readonly Run[], at: number, scope: Scope, last: Entry | undefined): void {
    const end =
      last === undefined ? 0 : lines.findIndex((line) => hasLabel(line) || writtenLine(line).fields.length > 0);
    const own = end < 0 ? lines : lines.slice(0, end);
    for (const line of own) if (last !== undefined) extendEntry(last, line);
    if (own.length < lines.length) this.read(lines.slice(own.length), at, scope);
  }

  /** Takes a line that says what waits for what, where lines do so. */
  waits(line: Run, at: number, { topic, phase, bead }: Context): boolean {
    if (bead !== undefined || (topic !== 'dependency' && (phase !== undefined || !beginsWithPhase(line)))) return false;
    const waits = writtenWait(line, at);
    this.#found.waits.push(...waits);
    return waits.length > 0;
  }

  /** Lines of code are commands where a field asks for some. */
  code({ lines }: Code, at: number, { open }: Scope): void {
    if (open === undefined || !HOLDS_COMMANDS.test(open.field) || (open.hasItems && !open.isFixed)) return;
    for (const run of lines) {
      if (!/^(?:#|\/\/)/.test(run.text)) listOf(open).push({ run, at, isCode: true });
    }
  }
}

/** `**Acceptance criteria**` as a line of its own: what stands below it is the value. */
function labelOf(run: Run): WrittenLine | undefined {
  if (run.spans[0]?.kind !== 'strong' || run.text.length > 60 || !isAll(run, 'strong')) return undefined;
  const name = withoutMarks(run).text;
  if (!isFieldName(name)) return undefined;
  const nothing = cut(run, run.text.length, run.text.length);
  return { lead: cut(run, 0, 0), fields: [{ name: plainName(name), isBold: true, value: nothing, whole: run }] };
}

/** `**Step 1: Write the test**` as a line of its own. */
function isStepLine(run: Run): boolean {
  return run.spans.length > 0 && headOf(run).kind === 'step' && isAll(run, 'strong');
}

/** `*Depends on Core*` as a line of its own. */
const PLAIN_WAIT = /^\s*(?:depends on|blocked by)\s+(?=\S.{0,60}$)/iu;

const HOLDS_COMMANDS = /^(?:verification|doneMeans|doneWhen|prerequisites)/;
