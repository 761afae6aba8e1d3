import { element } from './dom';

/** A button and what opens under it. */
export function popover(id: string, button: HTMLElement, content: HTMLElement): readonly HTMLElement[] {
  const sheet = element('div', { id, popover: 'auto', class: 'sheet' }, content);
  button.setAttribute('aria-haspopup', content.getAttribute('role') ?? 'true');
  button.setAttribute('aria-expanded', 'false');
  // A click outside closes the sheet before the button hears of it.
  let closedAt = 0;
  button.addEventListener('click', () => {
    if (performance.now() - closedAt > 200) sheet.showPopover();
  });
  sheet.addEventListener('toggle', (event) => {
    const isOpen = (event as ToggleEvent).newState === 'open';
    button.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) {
      closedAt = performance.now();
      return;
    }
    const under = button.getBoundingClientRect();
    sheet.style.top = `${under.bottom + 4}px`;
    sheet.style.left = `${Math.max(8, Math.min(under.left, window.innerWidth - sheet.offsetWidth - 8))}px`;
    sheet.querySelector<HTMLElement>('[role=menuitem], [role=dialog]')?.focus();
  });
  return [button, sheet];
}

export interface MenuEntry {
  readonly label: string;
  readonly run: () => void;
}

/** A menu for a popover: arrow keys move in it. */
export function menu(entries: readonly MenuEntry[]): HTMLElement {
  const list = element('div', { role: 'menu' });
  for (const { label, run } of entries) {
    const entry = element('button', { role: 'menuitem', type: 'button', tabindex: '-1' }, label);
    entry.addEventListener('click', () => {
      list.closest<HTMLElement>('[popover]')?.hidePopover();
      run();
    });
    list.append(entry);
  }
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...list.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items.at((at + step) % items.length)?.focus();
  });
  return list;
}
