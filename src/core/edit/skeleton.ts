// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tab stops of snippets look like that.
import { spellingOf } from '../language/completion/spelling';
import { lineAbove, lineAt, lineStart } from '../language/lines';
import type { Bead, Phase, Plan, PlanPart, Thing, ThingKind } from '../model';
import { fieldOf } from '../notation/fields';
import type { Location } from '../text';
import { nextId } from './nextId';

export type SkeletonKind = ThingKind | 'prompt';

/** A new thing to fill in, as a snippet (`${1:Title}` is where the cursor goes first). */
export interface Skeleton {
  /** Lines without indentation and without a line break at the end. */
  readonly text: string;
  /** `heading`, `item` and `row` of Markdown; `entry` of a YAML list. Headings want blank lines around them. */
  readonly form: 'heading' | 'item' | 'row' | 'entry';
}

/** As the file writes its things of this kind. `home` is the phase that a bead or gate is for, `parent` the bead that a bead is a part of. */
export function skeletonOf(plan: Plan, part: PlanPart, kind: SkeletonKind, home?: Phase, parent?: Bead): Skeleton {
  const id = kind === 'prompt' ? String(part.promptCount + 1) : nextId(plan, kind, home?.id, parent?.id);
  if (part.notation !== 'markdown') return { text: yamlEntry(plan, part, kind, id), form: 'entry' };
  const model = kind === 'prompt' ? undefined : modelOf(part, kind, home, parent);
  const row = model === undefined || kind === 'phase' ? undefined : tableRow(part, model, id);
  if (row !== undefined) return { text: row, form: 'row' };
  const head = headLike(part, kind, id, model, home);
  const isItem = !head.startsWith('#');
  const body = isItem ? itemBody(plan, part, kind, model) : headingBody(plan, part, kind);
  return { text: head + (isItem ? body : `\n\n${body}`), form: isItem ? 'item' : 'heading' };
}

/** Characters with a meaning in snippets, as themselves. */
export function literally(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** The thing that a new one is written like: the last of its phase, or of its kind, in this file. */
function modelOf(
  part: PlanPart,
  kind: ThingKind,
  home: Phase | undefined,
  parent: Bead | undefined,
): Thing | undefined {
  switch (kind) {
    case 'phase':
      return part.phases.filter(isNamed).at(-1);
    case 'gate':
      return part.gates.filter(isNamed).at(-1);
    case 'scenario':
      return part.scenarios.filter(isNamed).at(-1);
    case 'bead': {
      const whole = part.beads.filter((bead) => isNamed(bead) && bead.parent === parent?.id);
      return whole.findLast((bead) => bead.phase === home?.id) ?? whole.at(-1);
    }
  }
}

function isNamed({ idAt }: Thing): boolean {
  return idAt !== undefined;
}

const KIND_NAMES = { phase: 'Phase ', bead: '', gate: 'Gate ', scenario: 'Scenario ', prompt: 'Prompt ' } as const;
const BEFORE_ID =
  /^(?:#{1,6}[ \t]+|[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.?\][ \t]+)?)(?:\*\*|__)?(?:[A-Z][a-z]+[ \t]+)?$/;
const BETWEEN = /^(?:\*\*|__)?[ \t]*(?:[—–:.-]|--)?(?:\*\*|__)?[ \t]+(?:\*\*|__)?$/;

function headLike(
  part: PlanPart,
  kind: SkeletonKind,
  id: string,
  model: Thing | undefined,
  home: Phase | undefined,
): string {
  const title = '${1:Title}';
  const at = model?.idAt;
  if (model !== undefined && at !== undefined && model.title.start > at.end) {
    const start = lineStart(part.text, at.start);
    const before = part.text.slice(start, at.start);
    const between = part.text.slice(at.end, model.title.start);
    if (BEFORE_ID.test(before) && BETWEEN.test(between)) {
      const open = before.replace(/\[.?\]/, '[ ]').replace(/^([ \t]*)\d+([.)])/, '$11$2');
      const marks = `${before}${between}`.match(/\*\*|__/g) ?? [];
      return `${literally(open)}${literally(id)}${literally(between)}${title}${marks.length % 2 === 1 ? marks[0] : ''}`;
    }
  }
  const divider = kind === 'scenario' ? ':' : ' —';
  return `${'#'.repeat(levelFor(part, kind, home))} ${KIND_NAMES[kind]}${literally(id)}${divider} ${title}`;
}

function levelFor(part: PlanPart, kind: SkeletonKind, home: Phase | undefined): number {
  const phase = home ?? part.phases[0];
  const level = phase === undefined ? 2 : /^#{1,6}/.exec(lineAt(part.text, phase.head.start))?.[0].length;
  if (kind === 'phase' || kind === 'gate') return level ?? 2;
  return kind === 'bead' ? Math.min(6, (level ?? 2) + 1) : 3;
}

function headingBody(plan: Plan, part: PlanPart, kind: SkeletonKind): string {
  const spelling = spellingOf(part);
  const line = (owner: ThingKind, field: string, value: string) =>
    `${literally(spelling.line(owner, field, ''))}${value}`;
  const fields = (lines: readonly string[]) => lines.join(spelling.isSpaced ? '\n\n' : '\n');
  const scenario = literally(plan.scenarios[0]?.id ?? 'F1');
  switch (kind) {
    case 'phase':
      return [
        line('phase', 'objective', ' ${2:What this phase alone achieves.}'),
        line(
          'phase',
          'dependsOn',
          ` \${3:${literally(plan.phases.at(-1) === undefined ? 'none' : `Phase ${plan.phases.at(-1)?.id}`)}}`,
        ),
        line('phase', 'doneMeans', ' ${4:What anyone can check when it is done.}'),
        `${line('phase', 'verification', '')}\n\n- \${5:A command, or what somebody does by hand}`,
      ].join('\n\n');
    case 'bead':
      return fields([
        line('bead', 'priority', ' ${2|P1,P0,P2,P3,P4|}'),
        line('bead', 'blockedBy', ' ${3:none}'),
        line('bead', 'doneWhen', ' ${4:What is measured or shown, with a number}'),
        line('bead', 'ifItFails', ` \${5:see Scenario ${scenario}}`),
      ]);
    case 'gate':
      return [
        line('gate', 'blockedBy', ' ${2:the beads that must be closed first}'),
        [
          '| Criterion | Pass | Adjust | Abort |',
          '| --- | --- | --- | --- |',
          '| ${3:What is measured} | ${4:at least 80 %} | ${5:60 % to under 80 %} | ${6:under 60 %} |',
        ].join('\n'),
      ].join('\n\n');
    case 'scenario':
      return [
        line('scenario', 'detection', ' ${2:How it is noticed.}'),
        `${line('scenario', 'recovery', '')}\n\n1. \${3:The cheapest thing that may help}\n2. \${4:The next one}\n3. \${5:The way out}`,
      ].join('\n\n');
    case 'prompt':
      return '> ${2:The words, as they were said}\n\n**Key decisions:**\n\n- ${3:A decision} → ${4:the beads that cover it}';
  }
}

function itemBody(plan: Plan, part: PlanPart, kind: SkeletonKind, model: Thing | undefined): string {
  const spelling = spellingOf(part);
  const line = (owner: ThingKind, field: string, value: string) =>
    `\n  - ${literally(spelling.line(owner, field, ''))} ${value}`;
  if (kind === 'bead') {
    const { doneWhen, ifItFails } = model?.kind === 'bead' ? model : { doneWhen: [], ifItFails: [] };
    const done = '${2:What is measured or shown, with a number}';
    const likeDone = lineLike(part, doneWhen[0], done);
    const fails = lineLike(part, ifItFails[0], `\${3:see Scenario ${literally(plan.scenarios[0]?.id ?? 'F1')}}`);
    return (likeDone ?? line('bead', 'doneWhen', done)) + (fails ?? '');
  }
  if (kind === 'scenario')
    return (
      line('scenario', 'detection', '${2:How it is noticed}') +
      line('scenario', 'recovery', '1) ${3:the cheapest thing} 2) ${4:the next one}')
    );
  if (kind === 'gate') return line('gate', 'blockedBy', `\${2:${literally(plan.beads.at(-1)?.id ?? 'a bead')}}`);
  return '';
}

/** A field on an indented line of its own, as the model writes it. */
function lineLike({ text }: PlanPart, field: Location | undefined, value: string): string | undefined {
  if (field === undefined) return undefined;
  const before = text.slice(lineStart(text, field.start), field.start);
  return FIELD_LINE.test(before) ? `\n${literally(before)}${value}` : undefined;
}

const FIELD_LINE = /^[ \t]+(?:[-*+][ \t]+)?(?:\*\*|__)?[^:|·*]{2,40}(?::(?:\*\*|__)?|(?:\*\*|__):)[ \t]+$/;

/** A row for the table that the model stands in. */
function tableRow(part: PlanPart, model: Thing, id: string): string | undefined {
  const { text } = part;
  const start = lineStart(text, model.head.start);
  if (!lineAt(text, start).trimStart().startsWith('|')) return undefined;
  let header: string | undefined;
  for (let line = lineAbove(text, start); line !== undefined; line = lineAbove(text, line)) {
    const content = lineAt(text, line);
    if (!content.includes('|')) break;
    header = content;
  }
  const cells =
    header
      ?.trim()
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/) ?? [];
  if (cells.length < 2) return undefined;
  let stop = 1;
  const written = cells.map((name) => {
    const field = fieldOf(model.kind, name);
    if (field === 'id') return literally(id);
    if (field === 'title') return '${1:Title}';
    if (field === 'status') return 'open';
    stop++;
    if (field === 'priority') return `\${${stop}|P1,P0,P2,P3,P4|}`;
    return field === 'blockedBy' || field === 'evidence' || field === 'owner' ? `\${${stop}:—}` : `\${${stop}:…}`;
  });
  return written.some((cell) => cell === literally(id)) ? `| ${written.join(' | ')} |` : undefined;
}

function yamlEntry(plan: Plan, part: PlanPart, kind: SkeletonKind, id: string): string {
  const { name } = spellingOf(part);
  const scenario = literally(plan.scenarios[0]?.id ?? 'F1');
  const lines = (...entries: readonly string[]) =>
    entries.map((entry, index) => `${index === 0 ? '- ' : '  '}${entry}`).join('\n');
  const first = (owner: ThingKind) => [
    `${name(owner, 'id')}: ${literally(quotedId(id))}`,
    `${name(owner, 'title')}: \${1:Title}`,
  ];
  switch (kind) {
    case 'phase': {
      const last = plan.phases.at(-1)?.id;
      return lines(
        ...first('phase'),
        `${name('phase', 'dependsOn')}: [${last === undefined ? '' : `\${2:${literally(quotedId(last))}}`}]`,
        `${name('phase', 'objective')}: \${3:What this phase alone achieves.}`,
        `${name('phase', 'doneMeans')}:`,
        '  - ${4:What anyone can check when it is done.}',
        `${name('phase', 'verification')}:`,
        '  - run: ${5:npm test}',
        `${name('phase', 'beads')}: []`,
      );
    }
    case 'bead':
      return lines(
        ...first('bead'),
        `${name('bead', 'priority')}: \${2|P1,P0,P2,P3,P4|}`,
        `${name('bead', 'blockedBy')}: [\${3}]`,
        `${name('bead', 'doneWhen')}: \${4:What is measured or shown, with a number}`,
        `${name('bead', 'ifItFails')}: \${5:Scenario ${scenario}}`,
      );
    case 'gate':
      return lines(
        ...first('gate'),
        `${name('gate', 'blockedBy')}: [\${2}]`,
        `${name('gate', 'criteria')}:`,
        '  - criterion: ${3:What is measured}',
        '    pass: ${4:at least 80 %}',
        '    adjust: ${5:60 % to under 80 %}',
        '    abort: ${6:under 60 %}',
      );
    case 'scenario':
      return lines(
        ...first('scenario'),
        `${name('scenario', 'detection')}: \${2:How it is noticed.}`,
        `${name('scenario', 'recovery')}:`,
        '  - ${3:The cheapest thing that may help}',
        '  - ${4:The next one}',
      );
    case 'prompt':
      return lines(
        `number: ${id}`,
        'title: ${1:Title}',
        'words: "${2:The words, as they were said}"',
        'decisions:',
        '  - ${3:A decision} → ${4:the beads that cover it}',
      );
  }
}

/** `1` and `0.5` are numbers to YAML tools, which the reader does not mind; `null` and `true` would be. */
function quotedId(id: string): string {
  return /^(?:true|false|null|yes|no|on|off|~)$/i.test(id) ? `"${id}"` : id;
}
