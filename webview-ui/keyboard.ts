import type { Direction } from './navigation';

/** What keys do wherever the graph has the keyboard: on the picture, and on the outline. */
export interface LevelKeys {
  readonly find: () => void;
  readonly blockers: () => void;
  readonly unblocks: () => void;
  readonly neighbourhood: () => void;
  readonly outline: () => void;
  readonly up: () => void;
  /** Steps of a neighbourhood. */
  readonly reach: (by: number) => void;
}

export interface KeyActions extends LevelKeys {
  readonly move: (direction: Direction) => void;
  readonly first: () => void;
  readonly last: () => void;
  readonly open: () => void;
  readonly choose: () => void;
  readonly leave: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly actualSize: () => void;
  readonly panBy: (x: number, y: number) => void;
}

/** The keys that need no picture. */
export function handleLevelKey(event: KeyboardEvent, actions: LevelKeys): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  run(event, levelAction(event.key, actions));
}

/** Back and forward, as in a browser: whatever has the keyboard. */
export function onHistoryKeys(step: (by: number) => void): void {
  const by = (name: string) => ({ ArrowLeft: -1, ArrowRight: 1 })[name];
  window.addEventListener(
    'keydown',
    (event) => {
      // In a text field they go from word to word on some systems.
      if (event.target instanceof HTMLInputElement) return;
      const way = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey ? by(event.key) : undefined;
      run(event, way === undefined ? undefined : () => step(way));
    },
    { capture: true },
  );
  // The fourth and the fifth button.
  const mouse = (event: MouseEvent) => {
    const way = { 3: -1, 4: 1 }[event.button];
    if (way === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === 'mouseup') step(way);
  };
  for (const type of ['mousedown', 'mouseup'] as const) window.addEventListener(type, mouse, { capture: true });
}

/** The keys of the picture. Keys with Ctrl, Alt or Command are VS Code's. */
export function handleKey(event: KeyboardEvent, actions: KeyActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  run(
    event,
    event.shiftKey
      ? shiftAction(event.key, actions)
      : (actionOf(event.key, actions) ?? levelAction(event.key, actions)),
  );
}

function run(event: KeyboardEvent, action: (() => void) | undefined): void {
  if (action === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

const STEP = 1.25;
/** Pixels. */
const PAN = 80;

/** Plus and other signs need Shift on many keyboards. */
function shiftAction(key: string, actions: KeyActions): (() => void) | undefined {
  switch (key) {
    case 'ArrowUp':
      return () => actions.panBy(0, PAN);
    case 'ArrowDown':
      return () => actions.panBy(0, -PAN);
    case 'ArrowLeft':
      return () => actions.panBy(PAN, 0);
    case 'ArrowRight':
      return () => actions.panBy(-PAN, 0);
    default:
      return actionOf(key, actions) ?? levelAction(key, actions);
  }
}

function levelAction(key: string, actions: LevelKeys): (() => void) | undefined {
  switch (key) {
    case 'f':
    case 'F':
    case '/':
      return actions.find;
    case 'w':
    case 'W':
      return actions.blockers;
    case 'u':
    case 'U':
      return actions.unblocks;
    case 'n':
    case 'N':
      return actions.neighbourhood;
    case 'o':
    case 'O':
      return actions.outline;
    case 'Backspace':
      return actions.up;
    case '[':
      return () => actions.reach(-1);
    case ']':
      return () => actions.reach(1);
    default:
      return undefined;
  }
}

function actionOf(key: string, actions: KeyActions): (() => void) | undefined {
  switch (key) {
    case 'ArrowUp':
      return () => actions.move('up');
    case 'ArrowDown':
      return () => actions.move('down');
    case 'ArrowLeft':
      return () => actions.move('left');
    case 'ArrowRight':
      return () => actions.move('right');
    case 'Home':
      return actions.first;
    case 'End':
      return actions.last;
    case 'Enter':
      return actions.open;
    case ' ':
      return actions.choose;
    case 'Escape':
      return actions.leave;
    case '+':
    case '=':
      return () => actions.zoomBy(STEP);
    case '-':
      return () => actions.zoomBy(1 / STEP);
    case '0':
      return actions.actualSize;
    default:
      return undefined;
  }
}
