import { expect, test } from 'vitest';
import { isPageState, isToHost, isToPage, type ToHost, type ToPage } from '../../src/protocol';

const view = { level: 'whole', direction: 'TB', hideClosed: false } as const;
const node = {
  id: 'b0',
  kind: 'bead',
  thing: 'a',
  name: 'a',
  title: 'A',
  form: 'box',
  state: 'ready',
  critical: false,
  waitsFor: [],
} as const;
const edge = { from: 'b0', to: 'b1', kind: 'blocks', critical: true } as const;
const thing = { kind: 'bead', id: 'a' } as const;

const toPage: readonly ToPage[] = [
  {
    type: 'chart',
    plan: 'p',
    title: 'P',
    view,
    crumbs: [{ label: 'P', level: { level: 'overview' } }, { label: 'One' }],
    phases: [{ id: '1', label: 'One' }],
    owners: ['ada'],
    text: '',
    nodes: [node],
    edges: [edge],
  },
  { type: 'states', nodes: [{ ...node, parent: 'p0', priority: 0, progress: { closed: 1, total: 2 } }], edges: [] },
  { type: 'select', thing },
  { type: 'select' },
  { type: 'details', thing, details: { sections: [{ label: 'What', texts: ['x'] }] } },
  {
    type: 'found',
    query: 'a',
    things: [{ ...thing, name: 'a', title: 'A', state: 'ready', where: '', level: { level: 'phase', phase: '1' } }],
  },
  { type: 'source', text: '' },
  { type: 'export', format: 'png' },
  { type: 'gone' },
];

const toHost: readonly ToHost[] = [
  { type: 'ready' },
  { type: 'view', view: { ...view, level: 'phase', phase: '' } },
  { type: 'view', view: { ...view, level: 'neighbourhood', thing, depth: 2 } },
  { type: 'view', view: { ...view, level: 'blockers', thing } },
  { type: 'view', view: { ...view, level: 'unblocks', thing } },
  { type: 'view', view: { ...view, level: 'waves' } },
  {
    type: 'view',
    view: { ...view, level: 'waves', wave: 3, filter: { states: ['ready'], owners: [''], priorities: [-1] } },
  },
  { type: 'select', thing },
  { type: 'select' },
  { type: 'open', thing },
  { type: 'peek', thing },
  { type: 'search', query: 'x' },
  { type: 'source' },
  { type: 'copy' },
  { type: 'saveSource' },
  { type: 'save', format: 'svg', data: '<svg/>' },
  { type: 'problem', message: 'x' },
];

test.each(toPage)('the page takes $type', (message) => {
  expect(isToPage(message)).toBe(true);
  expect(isToPage(JSON.parse(JSON.stringify(message)))).toBe(true);
});

test.each(toHost)('the extension takes $type', (message) => {
  expect(isToHost(message)).toBe(true);
  expect(isToHost(JSON.parse(JSON.stringify(message)))).toBe(true);
});

/** Every way to take one field away or to make it something else. */
function* spoilt(message: object): Generator<object> {
  for (const [name, value] of Object.entries(message)) {
    if (name === 'thing' && (message as { type: string }).type === 'select') continue;
    const { [name as keyof typeof message]: _, ...rest } = message;
    yield rest;
    for (const other of [null, 7, 'other', [7], { other: 1 }]) {
      if (typeof other === 'string' && typeof value === 'string' && name !== 'type' && name !== 'format') continue;
      yield { ...message, [name]: other };
    }
  }
}

test('a message with a part missing or of another kind is not taken', () => {
  for (const message of toPage)
    for (const bad of spoilt(message)) expect(isToPage(bad), JSON.stringify(bad)).toBe(false);
  for (const message of toHost)
    for (const bad of spoilt(message)) expect(isToHost(bad), JSON.stringify(bad)).toBe(false);
});

test.each([undefined, null, 1, 'ready', [], {}, { type: 'constructor' }, { type: '__proto__' }, () => 1])(
  '%s is no message',
  (value) => {
    expect(isToPage(value)).toBe(false);
    expect(isToHost(value)).toBe(false);
    expect(isPageState(value)).toBe(false);
  },
);

test('nodes and edges are looked into', () => {
  const bad = [
    { ...node, kind: 'x' },
    { ...node, form: 'x' },
    { ...node, critical: 1 },
    { ...node, waitsFor: [1] },
    { ...node, progress: { closed: '1', total: 2 } },
    { ...node, parent: 3 },
  ];
  for (const each of bad)
    expect(isToPage({ type: 'states', nodes: [each], edges: [] }), JSON.stringify(each)).toBe(false);
  expect(isToPage({ type: 'states', nodes: [], edges: [{ ...edge, kind: 'x' }] })).toBe(false);
});

test('what the page kept is only taken back when it names a plan and a view', () => {
  expect(isPageState({ plan: 'p', view, viewport: { x: 0 } })).toBe(true);
  expect(isPageState({ plan: 'p' })).toBe(false);
  expect(isPageState({ plan: 'p', view: { ...view, direction: 'BT' } })).toBe(false);
});
