import { hasIdShape } from '../ids';
import type { Item, Paragraph } from './blocks';
import { isFieldName } from './fieldNames';
import { headOf } from './heads';
import type { PlacedBlock } from './outline';
import type { Run } from './run';
import type { Context } from './scope';
import { startsBold } from './shape';

/** Whether an item stands in a numbered list directly below a phase, which is its list of tasks if it has no other. */
export function mayBeNumbered(
  item: Item,
  line: Run,
  context: Context,
  following: () => readonly PlacedBlock[],
): boolean {
  const { owner, topic, isQuiet } = context;
  if (item.number === undefined || item.depth > 0 || owner.kind !== 'phase' || isQuiet || topic !== undefined)
    return false;
  const { id } = headOf(line);
  if (item.check !== undefined || (id !== undefined && hasIdShape(id.value))) return false;
  if (!startsBold(item) || isFieldName(line.text.slice(0, (line.spans[0]?.end ?? line.start) - line.start)))
    return false;
  // `1. Draw it` with check boxes below is a heading of those.
  for (const { block } of following()) {
    if (block.depth <= item.depth) break;
    if (block.kind === 'item' && block.check !== undefined) return false;
  }
  return true;
}

/** Whether a paragraph leads up to a list of something else than tasks: `Questions to answer:`, but not `Steps:`. */
export function isLabel({ lines }: Paragraph): boolean {
  const text = lines.at(-1)?.text ?? '';
  return (
    /[:：]\s*$/.test(text) &&
    !/\b(?:tasks?|steps?|to ?-?dos?|work|plan|implementation|sequence|order)\b[^:]{0,30}:\s*$/i.test(text)
  );
}
