import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActionOutcome, ActionSource, Actor, SideFile } from '../../src/core/actions/action';
import { applyEdits, type PlanEdits } from '../../src/core/edit/planEdits';
import type { Bead, Gate, Phase, ThingKind } from '../../src/core/model';
import { sampleSource, sourceOf } from './planSource';
import type { Files } from './temporary';

export const MARIA: Actor = { name: 'maria', at: '2026-05-02' };
export const TOMAS: Actor = { name: '@tomas', at: '2026-05-03T09:30' };

/** The only plan of these files; `progress.md` and `prompts.md` among them are its logs, whether or not they are parts of it. */
export function actionSource(files: Files, logs: { progress?: string; promptLog?: string } = {}): ActionSource {
  const isLog = (file: string) => file === logs.progress || file === logs.promptLog;
  const plans = Object.fromEntries(
    Object.entries(files).filter(([file, text]) => !isLog(file) || /^plan: /m.test(text)),
  );
  const side = (file: string | undefined): SideFile | undefined =>
    file === undefined ? undefined : { file, text: files[file] ?? '' };
  const [progress, promptLog] = [side(logs.progress), side(logs.promptLog)];
  return { ...sourceOf(plans), ...(progress && { progress }), ...(promptLog && { promptLog }) };
}

/** A sample with its progress file. */
export function sampleWithLog(): ActionSource {
  const file = 'data/progress.md';
  const text = readFileSync(join(import.meta.dirname, '../../samples/finetune', file), 'utf8');
  return { ...sampleSource('finetune'), progress: { file, text } };
}

export function beadIn(source: ActionSource, id: string): Bead {
  return thingIn(source, id, 'bead') as Bead;
}

export function gateIn(source: ActionSource, id: string): Gate {
  return thingIn(source, id, 'gate') as Gate;
}

export function phaseIn(source: ActionSource, id: string): Phase {
  return thingIn(source, id, 'phase') as Phase;
}

function thingIn({ snapshot }: ActionSource, id: string, kind: ThingKind) {
  const thing = snapshot.plan.find(id, kind);
  if (thing === undefined) throw new Error(`no ${kind} ${id}`);
  return thing;
}

/** The edits of an outcome; an error with the reason where there are none. */
export function editsOf(outcome: ActionOutcome): PlanEdits {
  if ('refused' in outcome) throw new Error(`${outcome.refused.code}: ${outcome.refused.message}`);
  if ('tracker' in outcome) throw new Error('its tracker is to be told');
  return outcome.edits;
}

/** The files once the edits are made. */
export function filesAfter(files: Files, edits: PlanEdits): Record<string, string> {
  const all = { ...Object.fromEntries([...edits.keys()].map((file) => [file, ''])), ...files };
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [file, applyEdits(text, edits.get(file) ?? [])]));
}

/** Lines that an outcome takes out of a text (`-`) and puts in (`+`), in order: a change as people look at it. */
export function changedLines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--;
    nowEnd--;
  }
  return [...old.slice(start, oldEnd).map((line) => `-${line}`), ...now.slice(start, nowEnd).map((line) => `+${line}`)];
}
