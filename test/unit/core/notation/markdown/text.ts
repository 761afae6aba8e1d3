import type { Bead, PlanPart, Reference, Texts } from '../../../../../src/core/model';
import { readMarkdown } from '../../../../../src/core/notation/markdown/readMarkdown';

/** Reads a plan that stands in a test; the first line break and what every line is indented by are left out. */
export function read(text: string): PlanPart {
  return readMarkdown('plan.md', dedent(text));
}

export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join('\n');
}

/** What the file says where something is said to stand. */
export function written(
  part: PlanPart,
  at: { readonly start: number; readonly end: number } | undefined,
): string | undefined {
  return at && part.text.slice(at.start, at.end);
}

export function values(texts: Texts): readonly string[] {
  return texts.map(({ value }) => value);
}

export function ids(references: readonly Reference[]): string {
  return references.map(({ value, through }) => (through === undefined ? value : `${value}–${through}`)).join(' ');
}

/** `1 Setup closed <- 0` */
export function phases(part: PlanPart): readonly string[] {
  return part.phases.map(({ id, idAt, title, status, dependsOn }) =>
    [idAt ? id : `~${id}`, title.value, status?.value ?? '', dependsOn.length > 0 ? `<- ${ids(dependsOn)}` : '']
      .filter((word) => word !== '')
      .join(' '),
  );
}

/** `1/ft-1 Title closed P0 <- ft-0`; below another bead `1/ft-1>ft-1a …`; a made id begins with `~`. */
export function beads(part: PlanPart): readonly string[] {
  return part.beads.map((bead) =>
    [place(bead), bead.title.value, stateOf(bead), blockers(bead)].filter((word) => word !== '').join(' '),
  );
}

function place({ phase, parent, id, idAt }: Bead): string {
  return `${phase === undefined ? '' : `${phase}/`}${parent === undefined ? '' : `${parent}>`}${idAt ? id : `~${id}`}`;
}

function stateOf({ status, priority }: Bead): string {
  return `${status === 'open' ? '' : status}${priority === undefined ? '' : ` P${priority.value}`}`.trim();
}

function blockers({ blockedBy }: Bead): string {
  return blockedBy.length === 0 ? '' : `<- ${ids(blockedBy)}`;
}
