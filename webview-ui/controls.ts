import {
  type Button,
  type Checkbox,
  type Dropdown,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import type { GraphView, PageStrings, ShowChart } from '../src/protocol';
import { element } from './dom';
import { legend } from './legend';

/** What the toolbar's controls do. */
export interface ControlActions {
  readonly setView: (view: GraphView) => void;
  readonly zoomBy: (factor: number) => void;
  readonly actualSize: () => void;
  readonly fit: () => void;
  readonly toggleSource: () => void;
  readonly copy: () => void;
  readonly save: (format: 'svg' | 'png' | 'mmd') => void;
}

export interface Controls {
  /** Shows what the chart is about. */
  readonly update: (chart: Pick<ShowChart, 'view' | 'phases' | 'title'>) => void;
  readonly showZoom: (zoom: number) => void;
  readonly showSource: (isOpen: boolean) => void;
}

/** Values of the first choices; a phase's value starts with another letter. */
const OVERVIEW = 'overview';
const EVERYTHING = 'everything';

/** The toolbar. The only file that knows the webview UI toolkit. */
export function buildControls(toolbar: HTMLElement, strings: PageStrings, actions: ControlActions): Controls {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption());
  let view: GraphView | undefined;
  const change = (part: Partial<GraphView>) => {
    if (view !== undefined) actions.setView({ ...view, ...part });
  };

  const back = iconButton(strings.backToOverview, 'M9.5 3.5L5 8l4.5 4.5', strings.overviewShort);
  back.addEventListener('click', () => actions.setView(overviewOf(view)));
  const show = dropdown('show', strings.show);
  show.addEventListener('change', () => change(chosenView(show.value)));
  const direction = dropdown('direction', strings.direction);
  direction.append(option('TB', strings.topDown), option('LR', strings.leftToRight));
  direction.addEventListener('change', () => change({ direction: direction.value === 'LR' ? 'LR' : 'TB' }));
  const hideClosed = element('vscode-checkbox', { id: 'hide-closed' }, strings.hideClosed) as Checkbox;
  hideClosed.addEventListener('change', () => {
    if (view !== undefined && hideClosed.checked !== view.hideClosed) change({ hideClosed: hideClosed.checked });
  });

  const smaller = iconButton(strings.zoomOut, 'M3.5 8h9');
  smaller.addEventListener('click', () => actions.zoomBy(1 / 1.25));
  const zoom = textButton(strings.actualSize, '');
  zoom.id = 'zoom';
  const showZoom = (value: number) => {
    const shown = `${Math.round(value * 100)}%`;
    zoom.textContent = shown;
    zoom.setAttribute('aria-label', `${shown}, ${strings.actualSize}`);
  };
  showZoom(1);
  zoom.addEventListener('click', actions.actualSize);
  const larger = iconButton(strings.zoomIn, 'M3.5 8h9M8 3.5v9');
  larger.addEventListener('click', () => actions.zoomBy(1.25));
  const fit = iconButton(strings.fit, 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10');
  fit.addEventListener('click', actions.fit);
  const source = iconButton(strings.source, 'M5.5 4L2 8l3.5 4M10.5 4L14 8l-3.5 4');
  source.id = 'toggle-source';
  source.addEventListener('click', actions.toggleSource);
  const menu = exportMenu(strings, actions);
  const key = popover(
    'legend',
    iconButton(strings.legend, 'M8 14a6 6 0 1 0 0-12a6 6 0 0 0 0 12M8 7.5V11M8 5v.4'),
    legend(strings),
  );

  const group = (...content: readonly HTMLElement[]) => element('div', { class: 'group' }, ...content);
  toolbar.replaceChildren(
    group(back, show, direction, hideClosed),
    group(smaller, zoom, larger, fit),
    group(source, ...menu, ...key),
  );

  let choices = '';
  return {
    update: (chart) => {
      view = chart.view;
      toolbar.setAttribute('aria-label', chart.title);
      const now = JSON.stringify(chart.phases);
      if (now !== choices) {
        choices = now;
        const phases = chart.phases.map(({ id, label }) => option(phaseValue(id), label));
        const whole = option(EVERYTHING, strings.everything);
        show.replaceChildren(...(phases.length > 0 ? [option(OVERVIEW, strings.overview)] : []), whole, ...phases);
      }
      // The toolkit reads its options a moment after they are put in.
      setTimeout(() => {
        show.value = choiceFor(chart.view);
        direction.value = chart.view.direction;
        hideClosed.checked = chart.view.hideClosed;
      });
      back.hidden = chart.view.phase === undefined || chart.phases.length === 0;
    },
    showZoom,
    showSource: (isOpen) => source.setAttribute('aria-pressed', String(isOpen)),
  };
}

function overviewOf(view: GraphView | undefined): GraphView {
  return { level: 'overview', direction: view?.direction ?? 'TB', hideClosed: view?.hideClosed ?? false };
}

function chosenView(value: string): Partial<GraphView> {
  if (value === OVERVIEW) return { level: 'overview', phase: undefined };
  if (value === EVERYTHING) return { level: 'beads', phase: undefined };
  return { level: 'beads', phase: value.slice(1) };
}

function choiceFor({ level, phase }: GraphView): string {
  if (phase !== undefined) return phaseValue(phase);
  return level === 'overview' ? OVERVIEW : EVERYTHING;
}

function phaseValue(id: string): string {
  return `.${id}`;
}

function dropdown(id: string, label: string): Dropdown {
  return element('vscode-dropdown', { id, 'aria-label': label, title: label }) as Dropdown;
}

function option(value: string, label: string): HTMLElement {
  return element('vscode-option', { value }, label);
}

function textButton(label: string, text: string): Button {
  return element('vscode-button', { appearance: 'icon', 'aria-label': label, title: label }, text) as Button;
}

/** An outline in a square of 16 by 16. */
function iconButton(label: string, outline: string, text = ''): Button {
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', outline);
  icon.append(path);
  const button = textButton(label, '');
  button.append(icon, text);
  return button;
}

function exportMenu(strings: PageStrings, actions: ControlActions): readonly HTMLElement[] {
  const entries: readonly (readonly [label: string, run: () => void])[] = [
    [strings.copyMermaid, actions.copy],
    [strings.saveSvg, () => actions.save('svg')],
    [strings.savePng, () => actions.save('png')],
    [strings.saveMermaid, () => actions.save('mmd')],
  ];
  const list = element('div', { role: 'menu' });
  for (const [label, run] of entries) {
    const entry = element('button', { role: 'menuitem', type: 'button', tabindex: '-1' }, label);
    entry.addEventListener('click', () => {
      list.closest<HTMLElement>('[popover]')?.hidePopover();
      run();
    });
    list.append(entry);
  }
  list.addEventListener('keydown', (event) => moveInMenu(event, list));
  return popover('export-menu', iconButton(strings.export, 'M8 2v8M4.8 7L8 10.2L11.2 7M2.5 11v2.5h11V11'), list);
}

function moveInMenu(event: KeyboardEvent, list: HTMLElement): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const entries = [...list.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = entries.indexOf(document.activeElement as HTMLElement);
  entries.at((at + step) % entries.length)?.focus();
}

/** A button and what opens under it. */
function popover(id: string, button: HTMLElement, content: HTMLElement): readonly HTMLElement[] {
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
