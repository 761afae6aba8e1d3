/** Where somebody has opened a level, on the page. */
export interface Origin {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Milliseconds. */
const DURATION = 220;
const EASING = 'cubic-bezier(0.2, 0, 0, 1)';
/** How small the new picture begins, where it grows out of a node. */
const SMALLEST = 0.15;

/** Whether somebody wants to see things move: neither the system nor VS Code says otherwise. */
export function mayMove(): boolean {
  const isReduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return !isReduced && !document.body.classList.contains('vscode-reduce-motion');
}

/**
 * The picture that stands on the canvas now grows out of the place where its level was opened; on the way back it
 * shrinks from more than its size into its own.
 */
export function animateOpening(scene: HTMLElement, origin: Origin | undefined, isBack: boolean): void {
  if (!mayMove()) return;
  const room = scene.getBoundingClientRect();
  const from = origin ?? {
    x: room.x + room.width / 4,
    y: room.y + room.height / 4,
    width: room.width / 2,
    height: room.height / 2,
  };
  const scale = isBack ? 1.25 : Math.max(SMALLEST, Math.min(from.width / room.width, from.height / room.height));
  const start = origin === undefined && !isBack ? 0.92 : scale;
  scene.style.transformOrigin = `${from.x + from.width / 2 - room.x}px ${from.y + from.height / 2 - room.y}px`;
  scene.animate(
    [
      { transform: `scale(${start})`, opacity: 0 },
      { transform: 'none', opacity: 1 },
    ],
    { duration: DURATION, easing: EASING },
  );
}
