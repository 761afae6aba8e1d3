import { expect, test } from 'vitest';
import type { FlowLevel } from '../../../src/core/flowchart/levels';
import { VisitHistory } from '../../../webview-ui/history';

const overview: FlowLevel = { level: 'overview' };
const phase = (id: string): FlowLevel => ({ level: 'phase', phase: id });
const around = (depth: number): FlowLevel => ({ level: 'neighbourhood', thing: { kind: 'bead', id: 'a' }, depth });

function walked(...levels: readonly FlowLevel[]): VisitHistory {
  const history = new VisitHistory();
  for (const level of levels) history.arrive(level, 0);
  return history;
}

test('goes back and forward between the levels that were looked at', () => {
  const history = walked(overview, phase('1'), phase('2'));
  expect(history.beside(-1)?.level).toEqual(phase('1'));
  expect(history.beside(1)).toBeUndefined();
  history.arrive(phase('1'), -1);
  history.arrive(overview, -1);
  expect(history.beside(-1)).toBeUndefined();
  expect(history.beside(1)?.level).toEqual(phase('1'));
});

test('a new way forgets what lay ahead', () => {
  const history = walked(overview, phase('1'));
  history.arrive(overview, -1);
  history.arrive(phase('2'), 0);
  expect(history.beside(1)).toBeUndefined();
  expect(history.beside(-1)?.level).toEqual(overview);
});

test('comes back to the place that was looked at, and what was selected there', () => {
  const history = walked(overview);
  const viewport = { x: 1, y: 2, zoom: 0.5 };
  history.look(viewport, { kind: 'phase', id: '1' });
  history.arrive(phase('1'), 0);
  expect(history.arrive(overview, -1)).toEqual({ level: overview, viewport, selected: { kind: 'phase', id: '1' } });
});

test('a step that ends elsewhere than it aimed is a way like any other', () => {
  const history = walked(phase('gone'), phase('1'));
  history.arrive(overview, -1);
  expect(history.current?.level).toEqual(overview);
  expect(history.beside(-1)?.level).toEqual(phase('1'));
});

test('how far a neighbourhood reaches is no place of its own when it is come back to', () => {
  const history = walked(overview, around(2), phase('1'));
  expect(history.arrive(around(3), -1).level).toEqual(around(3));
  expect(history.beside(-1)?.level).toEqual(overview);
});

test('survives a reload, and forgets the oldest of very many', () => {
  const history = walked(...Array.from({ length: 80 }, (_, i) => phase(String(i))));
  const again = new VisitHistory(JSON.parse(JSON.stringify(history.kept)));
  expect(again.current?.level).toEqual(phase('79'));
  expect(again.beside(-49)?.level).toEqual(phase('30'));
  expect(again.beside(-50)).toBeUndefined();
});
