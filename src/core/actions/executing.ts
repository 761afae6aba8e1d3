import { stands } from '../approval/standing';
import { HEAD } from '../edit/exactly';
import { encoded, isInYaml } from '../edit/fields/encoding';
import { replaceValue } from '../edit/fields/replace';
import type { PlanPart } from '../model';
import { checkPlan } from '../rules/check';
import { counted } from '../rules/finding';
import type { RuleLevels } from '../rules/severities';
import type { TextEdit } from '../text';
import { type ActionOutcome, type ActionSource, type Actor, type Refusal, refuse } from './action';
import { logged } from './progress';
import { together, type Way, writeExactly } from './write';

/** What the plan's own text does not say about whether it can be executed. */
export interface Standing {
  /** Files of the plan that hold something which is not committed; undefined where nobody can tell. */
  readonly uncommitted?: readonly string[];
  readonly levels?: RuleLevels;
}

/** Everything that keeps a plan from being executed: what has to be solved first, each with what to do. */
export function obstaclesToExecuting(source: ActionSource, { uncommitted = [], levels }: Standing): readonly Refusal[] {
  const { snapshot } = source;
  const { plan } = snapshot;
  const obstacles: Refusal[] = [];
  const [last] = plan.head.approvals.slice(-1);
  if (last === undefined) {
    obstacles.push(refuse('blocked', 'Nobody has approved the plan.', 'Let its owner read it and approve it.').refused);
  } else if (!plan.head.approvals.some((approval) => stands(plan, undefined, approval))) {
    const message = `The plan was changed since ${last.by} approved it.`;
    obstacles.push(refuse('blocked', message, 'Let it be read and approved again.', last).refused);
  }
  const errors = checkPlan(snapshot, levels).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first !== undefined) {
    const message = `The plan has ${counted(errors.length, 'error')}. The first: ${first.message}`;
    obstacles.push(
      refuse('blocked', message, 'Solve them first; the check lists all of them.', first.location).refused,
    );
  }
  const [file] = uncommitted;
  if (file !== undefined) {
    const message = `${counted(uncommitted.length, 'file')} of the plan ${uncommitted.length === 1 ? 'holds' : 'hold'} changes that are not committed.`;
    obstacles.push(
      refuse('blocked', message, 'Commit them first, so that what was approved can be found again.', {
        file,
        start: 0,
        end: 0,
      }).refused,
    );
  }
  return obstacles;
}

/** Changes the plan's mode to `executing`, when nothing stands against it. */
export function startExecuting(source: ActionSource, actor: Actor, standing: Standing = {}): ActionOutcome {
  const { plan } = source.snapshot;
  const { mode } = plan.head;
  if (mode?.value === 'executing') return refuse('state', 'The plan is being executed already.', undefined, mode);
  const [obstacle] = obstaclesToExecuting(source, standing);
  if (obstacle !== undefined) return { refused: obstacle };
  const log = logged(source, actor, { of: '', event: 'execution started' });
  if ('refused' in log) return log;
  const besides = log.edits;
  const part = source.part(mode?.file ?? plan.head.planId?.file ?? plan.files[0] ?? '');
  if (part === undefined) return refuse('not-written', 'The plan has no file that could be written.');
  const file = part;
  function* ways(): Iterable<Way> {
    for (const edit of modeEdits(file, mode)) {
      const edits = together(new Map([[file.file, [edit]]]), besides);
      yield { edits, intended: new Map([[HEAD, { mode: { value: 'executing' } }]]) };
    }
  }
  const subject = { name: 'The head of the plan', at: mode ?? { file: part.file, start: 0, end: 0 } };
  const written = writeExactly(source, subject, ways());
  if ('refused' in written) return written;
  return { edits: written.edits, said: 'The plan is being executed now.' };
}

function* modeEdits(
  part: PlanPart,
  mode: { readonly start: number; readonly end: number } | undefined,
): Iterable<TextEdit> {
  const { text } = part;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (mode !== undefined) {
    const isYaml = isInYaml(part, mode.start);
    yield isYaml ? replaceValue(part, mode, encoded('executing', 'yaml')) : { range: mode, newText: 'executing' };
    return;
  }
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  if (part.notation === 'yaml') {
    const key = /^(?:plan|title)[ \t]*:.*$/m.exec(text);
    const at = key === null ? bom : key.index + key[0].replace(/\r$/, '').length;
    yield { range: { start: at, end: at }, newText: key === null ? `mode: executing${eol}` : `${eol}mode: executing` };
    return;
  }
  const end = /^\uFEFF?---[ \t]*\r?\n/.test(text) ? text.indexOf('\n---', 3) : -1;
  if (end > 0) yield { range: { start: end + 1, end: end + 1 }, newText: `mode: executing${eol}` };
  else yield { range: { start: bom, end: bom }, newText: `---${eol}mode: executing${eol}---${eol}${eol}` };
}
