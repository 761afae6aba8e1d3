import { applyEdits } from '../edit/planEdits';
import { lineEnd, lineStart } from '../language/lines';
import type { Prompt } from '../model';
import { isExport } from '../notation/export';
import { logOfPart } from '../notation/log/readLog';
import { readPlanFile } from '../notation/read';
import type { TextEdit } from '../text';
import { type ActionOutcome, type ActionSource, type Actor, dayOf, refuse, type SideFile } from './action';
import { whyNotChanged } from './write';

export interface NewPrompt {
  /** What was said, word for word. */
  readonly words: string;
  readonly title?: string;
}

/** Appends what was said to the plan's prompt log: verbatim, with the date and a list of decisions to be filled in. */
export function logPrompt(source: ActionSource, actor: Actor, prompt: NewPrompt): ActionOutcome {
  const words = prompt.words.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, '');
  if (words.trim() === '') return refuse('input', 'The prompt says nothing.', 'Give its words.');
  const { plan } = source.snapshot;
  if (plan.files.every(isExport))
    return refuse(
      'not-written',
      'The export of a tracker has no prompt log.',
      'Keep the words in the issue that follows from them.',
    );
  const last = plan.prompts.at(-1);
  const file = fileFor(source, last);
  if (file === undefined)
    return refuse(
      'not-written',
      'The plan has no prompt log.',
      'Give it a file such as PLAN-name-prompts.md beside the plan.',
    );
  if (!/\.(?:md|markdown|txt)$/i.test(file.file))
    return refuse(
      'not-written',
      'Prompts are logged in Markdown.',
      'Keep them in a file PLAN-name-prompts.md beside the plan.',
    );
  const before = readPlanFile(file.file, file.text);
  const why = whyNotChanged(before);
  if (why !== undefined) return refuse('not-written', why);
  const number = String(
    Math.max(0, ...plan.prompts.map((each) => Number.parseInt(each.number?.value ?? '0', 10) || 0)) + 1,
  );
  const edit = promptEdit(source, file, last, actor, { number, title: titleOf(prompt.title ?? words), words });
  const text = applyEdits(file.text, [edit]);
  const read = readPlanFile(file.file, text);
  const after = logOfPart(read).prompts;
  const added = after.at(-1);
  const isOne = after.length === logOfPart(before).prompts.length + 1 && read.promptCount === before.promptCount + 1;
  if (!isOne || added?.number?.value !== number || added.words.map(({ value }) => value).join('\n') !== words) {
    return refuse(
      'not-written',
      'These words would not read back from the prompt log as they are.',
      'Write them into it by hand.',
    );
  }
  return {
    edits: new Map([[file.file, [edit]]]),
    said: `Prompt ${number} is logged. List the decisions that follow from it, each with its beads.`,
  };
}

/** Where prompts stand already; else the file that is meant for them; else the plan's main file. */
function fileFor(
  { snapshot: { plan }, part, promptLog }: ActionSource,
  last: Prompt | undefined,
): SideFile | undefined {
  const known = last === undefined ? undefined : part(last.file);
  if (known !== undefined && known.notation === 'markdown') return known;
  if (promptLog !== undefined) return promptLog;
  return plan.files.map((file) => part(file)).find((each) => each?.notation === 'markdown');
}

interface Words {
  readonly number: string;
  readonly title: string;
  readonly words: string;
}

function promptEdit(
  source: ActionSource,
  { file, text }: SideFile,
  last: Prompt | undefined,
  actor: Actor,
  said: Words,
): TextEdit {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const isThere = last?.file === file;
  const level = isThere ? (/^#{1,6}(?=[ \t])/.exec(text.slice(lineStart(text, last.head.start)))?.[0] ?? '##') : '##';
  const quote = said.words.split('\n').map((line) => (line === '' ? '>' : `> ${line}`));
  const block = [
    `${level} Prompt ${said.number} — ${said.title}`,
    '',
    `**Date:** ${dayOf(actor)}`,
    '',
    ...quote,
    '',
    '**Key decisions:**',
  ].join(eol);
  if (text.trim() === '') {
    const { plan } = source.snapshot;
    const id =
      plan.head.planId === undefined
        ? ''
        : `---${eol}plan: ${JSON.stringify(plan.head.planId.value).replace(/^"([\w.-]+)"$/, '$1')}${eol}---${eol}${eol}`;
    const about =
      'Every prompt that shaped the plan, word for word, with the decisions that follow from it and the beads that cover them.';
    return {
      range: { start: 0, end: text.length },
      newText: `${id}# Prompt log${eol}${eol}${about}${eol}${eol}${block}${eol}`,
    };
  }
  const end = isThere
    ? Math.max(lineEnd(text, last.head.start), text.slice(0, last.end).trimEnd().length)
    : text.trimEnd().length;
  const closing = end === text.length ? eol : '';
  return { range: { start: end, end }, newText: `${eol}${eol}${block}${closing}` };
}

/** The first words, as a heading can hold them. */
function titleOf(text: string): string {
  const line = (text.split('\n').find((each) => /[\p{L}\p{N}]/u.test(each)) ?? '')
    .replace(/[#*_`~<>[\]|\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = /^.{1,60}?(?=[.!?](?:\s|$)|$)/u.exec(line)?.[0] ?? line;
  const title = sentence.length <= 60 ? sentence.trim() : `${sentence.slice(0, 60).replace(/\s\S*$/, '')}…`;
  // `Prompt 1 — 2 pages` would be the prompts 1 to 2.
  return /^\p{L}/u.test(title) ? title : `“${title || 'Untitled'}”`;
}
