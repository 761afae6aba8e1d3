import type { Direction } from './navigation';

export interface KeyActions {
  readonly move: (direction: Direction) => void;
  readonly first: () => void;
  readonly last: () => void;
  readonly open: () => void;
  readonly choose: () => void;
  readonly leave: () => void;
  readonly find: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly actualSize: () => void;
}

/** The keys of the picture. Keys with Ctrl, Alt or Command are VS Code's. */
export function handleKey(event: KeyboardEvent, actions: KeyActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const action = actionOf(event.key, actions);
  if (action === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

const STEP = 1.25;

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
    case '/':
      return actions.find;
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
