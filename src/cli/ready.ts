import type { PositionOf } from '../core/show';
import type { PlanSnapshot, ReadyItem } from '../core/snapshot';
import { planHeading } from './showText';
import { type Cell, columns, type Terminal } from './terminal';

/** What can be taken up or decided now, most useful first, with the reason why it stands where it does. */
export function readyText(terminal: Terminal, snapshot: PlanSnapshot): string {
  const { next } = snapshot.schedule;
  const rows = next.map((item) => row(snapshot, item));
  return (
    planHeading(terminal, snapshot) + (next.length === 0 ? '  Nothing is ready.\n' : columns(terminal, rows, '  '))
  );
}

export function readyJson(snapshots: readonly PlanSnapshot[], positionOf: PositionOf) {
  return {
    ready: snapshots.flatMap((snapshot) => snapshot.schedule.next.map((item) => entry(snapshot, item, positionOf))),
  };
}

function row({ plan }: PlanSnapshot, item: ReadyItem): readonly Cell[] {
  const thing = thingOf(item);
  const phase = plan.find(thing.phase ?? '', 'phase');
  const unblocks = item.unblocks === 0 ? '' : `unblocks ${item.unblocks}`;
  return [
    { text: thing.id },
    { text: priorityOf(item) ?? (item.kind === 'gate' ? 'gate' : '') },
    { text: phase === undefined ? '' : `Phase ${phase.id}` },
    { text: unblocks },
    { text: thing.title.value },
  ];
}

function entry({ plan }: PlanSnapshot, item: ReadyItem, positionOf: PositionOf) {
  const thing = thingOf(item);
  const { line, character } = positionOf(thing.head.file, thing.head.start);
  return {
    plan: plan.id,
    kind: item.kind,
    id: thing.id,
    title: thing.title.value,
    phase: thing.phase ?? null,
    priority: priorityOf(item) ?? null,
    unblocks: item.unblocks,
    source: { file: thing.head.file, line: line + 1, column: character + 1 },
  };
}

function thingOf(item: ReadyItem) {
  return item.kind === 'bead' ? item.bead : item.gate;
}

function priorityOf(item: ReadyItem): string | undefined {
  return item.kind === 'bead' && item.bead.priority !== undefined ? `P${item.bead.priority.value}` : undefined;
}
