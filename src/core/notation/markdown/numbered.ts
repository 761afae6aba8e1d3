import { fieldOf, plainName } from '../fields';
import { hasIdShape } from '../ids';
import type { Item, Paragraph } from './blocks';
import { isFieldName } from './fieldNames';
import { writtenLine } from './fields';
import { headOf } from './heads';
import type { PlacedBlock } from './outline';
import { isBlank, type Run } from './run';
import type { Context } from './scope';
import { startsBold } from './shape';

/**
 * Whether an item is a task of its phase if that has no others: in a list directly below the phase, where it has the
 * sign of a status or, if that is numbered, begins in bold, or below `Tasks:` in any list.
 */
export function mayBeTask(
  item: Item,
  line: Run,
  context: Context,
  following: () => readonly PlacedBlock[],
  isNamed: boolean,
): boolean {
  const { owner, topic, isQuiet } = context;
  if (item.depth > 0 || item.check !== undefined || owner.kind !== 'phase' || topic !== undefined) return false;
  const { id, sign } = headOf(line);
  const isMarked = sign !== undefined || (item.number !== undefined && startsBold(item));
  if (!isNamed && (isQuiet || !isMarked)) return false;
  if (id !== undefined && hasIdShape(id.value)) return false;
  if (isField(line, isNamed)) return false;
  // `1. Draw it` with check boxes below is a heading of those.
  for (const { block } of following()) {
    if (block.depth <= item.depth) break;
    if (block.kind === 'item' && block.check !== undefined) return false;
  }
  return true;
}

/**
 * `1. **T1: Read it**` or `- T1: Read it` directly below a phase: a task of its phase if that has no others, or if there
 * are others beside it in its list, whatever these say more.
 */
export function mayBeNamedTask({ depth, check }: Item, line: Run, { owner, topic, isQuiet }: Context): boolean {
  if (depth > 0 || check !== undefined || owner.kind !== 'phase' || topic !== undefined || isQuiet) return false;
  const { id, kind } = headOf(line);
  if (id === undefined || (kind !== undefined && kind !== 'bead') || id.through !== undefined) return false;
  return /\d/.test(id.value) && MAY_BE_NAMED.has(id.strength) && SET_OFF.test(line.text.slice(id.end - line.start));
}

const MAY_BE_NAMED: ReadonlySet<string> = new Set(['strong', 'set-off']);
/** A dash or colon and a title, or the end of emphasis and a title. */
const SET_OFF = /^\]?(?:\s*(?:—|–|--?|:|：)\s+|\.?\u205F+\s*(?:(?:—|–|--?|:)\s+)?)(?=\u205F*[\p{L}"“])/u;

function isField(line: Run, isNamed: boolean): boolean {
  if (!isNamed) return isFieldName(line.text.slice(0, (line.spans[0]?.end ?? line.start) - line.start));
  const { lead, fields } = writtenLine(line);
  const [first] = fields;
  return first !== undefined && isBlank(lead) && fieldOf('phase', first.name) !== undefined;
}

/** Whether a heading or a line is called `Tasks` and nothing else. */
export function namesTasks(run: Run | undefined): boolean {
  return run !== undefined && run.text.length < 30 && MAY_NAME_TASKS.test(run.text) && TASKS.test(plainName(run.text));
}

/** A word that ends so, or a letter beyond ASCII. */
const MAY_NAME_TASKS = /(?:asks?|items?|do-?e?s?|aben|reas)\W{0,6}$|[^\x20-\x7e\u205f]/i;
const TASKS = /^(?:key |main )?(?:tasks?|work items?|to ?dos?|action items?|aufgaben|tâches|tareas|任务|задачи)$/;

/** Whether a paragraph leads up to a list of something else than tasks: `Questions to answer:`, but not `Steps:`. */
export function isLabel({ lines }: Paragraph): boolean {
  const text = lines.at(-1)?.text ?? '';
  return (
    /[:：]\s*$/.test(text) &&
    !/\b(?:tasks?|steps?|to ?-?dos?|work|plan|implementation|sequence|order)\b[^:]{0,30}:\s*$/i.test(text)
  );
}
