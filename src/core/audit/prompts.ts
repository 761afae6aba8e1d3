import type { Bead, Prompt } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { type Covered, coverage } from './coverage';
import { counted, type LinkTo, link, linkToThing, page, section, words } from './report';

/** Each logged prompt and decision with the beads that cover it, gaps first. */
export function auditPrompts({ plan, schedule }: PlanSnapshot, linkTo: LinkTo): string {
  const all = coverage(plan);
  const { prompts } = plan;
  const named = new Map(prompts.map((prompt, index) => [prompt, `Prompt ${prompt.number?.value ?? index + 1}`]));
  const nameOfPrompt = (prompt: Prompt) => named.get(prompt) ?? 'Prompt';
  if (all.length === 0) {
    return page('Audit of prompts', plan, [
      'This plan logs no prompts. Prompts are the requirements: log each one word for word under a heading `Prompt 1`, with its key decisions and the beads that cover them behind an arrow (`Scan all sources → B2, B3`).',
    ]);
  }
  const gaps = all.filter(({ things }) => things.length === 0);
  const decisions = all.filter(({ decision }) => decision !== undefined).length;
  const covered = new Set(all.flatMap(({ things }) => things));
  const unasked = plan.beads.filter((bead) => isUnasked(bead));
  function isUnasked(bead: Bead): boolean {
    const parent = plan.parentOf(bead);
    const isCovered = covered.has(bead) || (parent !== undefined && covered.has(parent));
    return !isCovered && !plan.childrenOf(bead.id).some((child) => covered.has(child));
  }
  const gapLine = ({ prompt, decision, at }: Covered) => {
    const name = link(nameOfPrompt(prompt), at, linkTo);
    if (decision === undefined) return `${name}${titled(prompt)}: no key decisions are written down`;
    const missing = decision.coveredBy.map(({ value }) => value).join(', ');
    return `${name}: ${words(decision.text.value)}${missing === '' ? '' : ` (names ${words(missing)}, not in the plan)`}`;
  };
  const promptBlock = (prompt: Prompt) => {
    const own = all.filter((each) => each.prompt === prompt && each.decision !== undefined);
    const lines = own.map(({ decision, things }) => {
      const by = things.map((thing) => `${linkToThing(thing, linkTo)}${stateOf(thing)}`).join(', ');
      return `- ${words(decision?.text.value ?? '')} → ${by === '' ? '**no bead**' : by}`;
    });
    const heading = `### ${link(nameOfPrompt(prompt), prompt.head, linkTo)}${titled(prompt)}`;
    return [heading, lines.join('\n')].filter((block) => block !== '').join('\n\n');
  };
  const stateOf = (thing: Covered['things'][number]) =>
    thing.kind === 'bead' ? ` (${schedule.beadState(thing.id).replace('_', ' ')})` : '';
  return page('Audit of prompts', plan, [
    `${counted(prompts.length, 'prompt')}, ${counted(decisions, 'decision')}, ${gaps.length === 0 ? '**no gaps**' : `**${counted(gaps.length, 'gap')}**`}.`,
    section('Gaps', gaps.map(gapLine)),
    `## All prompts\n\n${prompts.map(promptBlock).join('\n\n')}`,
    section(
      'Beads that no decision names',
      unasked.map((bead) => `${linkToThing(bead, linkTo)} ${words(bead.title.value)}`),
    ),
  ]);
}

function titled({ title }: Prompt): string {
  return title === undefined ? '' : ` — ${words(title.value)}`;
}
