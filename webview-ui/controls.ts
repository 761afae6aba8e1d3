import {
  type Button,
  type Dropdown,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import type { FlowLevel } from '../src/core/flowchart/levels';
import { DEPTHS, type PageStrings, type ShowChart } from '../src/protocol';
import { Crumbs } from './crumbs';
import { element } from './dom';
import type { Ground } from './exportPicture';
import { FilterSheet } from './filterSheet';
import { legend } from './legend';
import { levelOf, placeKey, type ViewOptions } from './levels';
import { menu, popover } from './popover';
import { fill } from './strings';

/** What the toolbar's controls do. */
export interface ControlActions {
  readonly goTo: (level: FlowLevel) => void;
  /** -1 is back, 1 is forward. */
  readonly step: (by: number) => void;
  readonly change: (options: Partial<ViewOptions>) => void;
  readonly find: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly actualSize: () => void;
  readonly fit: () => void;
  readonly toggleOutline: () => void;
  readonly toggleSource: () => void;
  readonly copy: () => void;
  readonly save: (format: 'svg' | 'png' | 'mmd', ground?: Ground) => void;
}

export interface Controls {
  /** Shows what the chart is about. */
  readonly update: (chart: ShowChart) => void;
  readonly showHistory: (canGoBack: boolean, canGoForward: boolean) => void;
  readonly showZoom: (zoom: number) => void;
  readonly showOutline: (isOpen: boolean) => void;
  readonly showSource: (isOpen: boolean) => void;
}

/** The toolbar. The only file that knows the webview UI toolkit. */
export function buildControls(toolbar: HTMLElement, strings: PageStrings, actions: ControlActions): Controls {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption());
  giveTheme();
  const button = (id: string, label: string, outline: string, run: () => void) => {
    const made = iconButton(id, label, outline);
    made.addEventListener('click', run);
    return made;
  };
  const back = button('back', strings.back, 'M9.5 3.5L5 8l4.5 4.5', () => actions.step(-1));
  const forward = button('forward', strings.forward, 'M6.5 3.5L11 8l-4.5 4.5', () => actions.step(1));
  const crumbs = new Crumbs(strings.breadcrumbs, (level) => actions.goTo(level));
  const show = new LevelChoice(strings, actions.goTo);
  const depth = new DepthChoice(strings, actions.goTo);
  let direction: ViewOptions['direction'] = 'TB';
  const turn = button('direction', strings.direction, '', () =>
    actions.change({ direction: direction === 'TB' ? 'LR' : 'TB' }),
  );
  const filter = new FilterSheet(strings, actions.change);
  const filterButton = iconButton('filter-button', strings.filter, 'M2 3.5h12L9.5 8.7v4L6.5 14V8.7z');
  const find = button(
    'find-button',
    strings.find,
    'M7 11.5a4.5 4.5 0 1 0 0-9a4.5 4.5 0 0 0 0 9M10.3 10.3L14 14',
    actions.find,
  );

  const smaller = button('zoom-out', strings.zoomOut, 'M3.5 8h9', () => actions.zoomBy(1 / 1.25));
  const zoom = textButton('zoom', strings.actualSize);
  zoom.addEventListener('click', actions.actualSize);
  const showZoom = (value: number) => {
    const shown = `${Math.round(value * 100)}%`;
    zoom.textContent = shown;
    zoom.setAttribute('aria-label', `${shown}, ${strings.actualSize}`);
  };
  showZoom(1);
  const larger = button('zoom-in', strings.zoomIn, 'M3.5 8h9M8 3.5v9', () => actions.zoomBy(1.25));
  const fit = button('fit', strings.fit, 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10', actions.fit);

  const outline = button(
    'toggle-outline',
    strings.outline,
    'M2 4h2M6 4h8M4 8h2M8 8h6M4 12h2M8 12h6',
    actions.toggleOutline,
  );
  const source = button('toggle-source', strings.source, 'M5.5 4L2 8l3.5 4M10.5 4L14 8l-3.5 4', actions.toggleSource);
  const exports = popover(
    'export-menu',
    iconButton('export', strings.export, 'M8 2v8M4.8 7L8 10.2L11.2 7M2.5 11v2.5h11V11'),
    menu([
      { label: strings.copyMermaid, run: actions.copy },
      { label: strings.saveSvg, run: () => actions.save('svg') },
      { label: strings.savePng, run: () => actions.save('png') },
      { label: strings.saveSvgOnWhite, run: () => actions.save('svg', 'white') },
      { label: strings.savePngOnWhite, run: () => actions.save('png', 'white') },
      { label: strings.saveSvgTransparent, run: () => actions.save('svg', 'transparent') },
      { label: strings.savePngTransparent, run: () => actions.save('png', 'transparent') },
      { label: strings.saveMermaid, run: () => actions.save('mmd') },
    ]),
  );
  const key = popover(
    'legend',
    iconButton('legend-button', strings.legend, 'M8 14a6 6 0 1 0 0-12a6 6 0 0 0 0 12M8 7.5V11M8 5v.4'),
    legend(strings),
  );

  const group = (name: string, ...content: readonly HTMLElement[]) =>
    element('div', { class: `group ${name}` }, ...content);
  toolbar.replaceChildren(
    group('where', back, forward, crumbs.element),
    group('what', depth.element, show.element, turn, ...popover('filter', filterButton, filter.element), find),
    group('how', smaller, zoom, larger, fit),
    group('more', outline, source, ...exports, ...key),
  );

  return {
    update: (chart) => {
      const { view } = chart;
      toolbar.setAttribute('aria-label', chart.title);
      crumbs.show(chart.crumbs);
      show.update(chart);
      depth.update(levelOf(view));
      direction = view.direction;
      setOutline(turn, direction === 'TB' ? DOWN : RIGHT);
      const label = `${strings.direction}: ${direction === 'TB' ? strings.topDown : strings.leftToRight}`;
      turn.setAttribute('aria-label', label);
      turn.title = label;
      turn.hidden = view.level === 'waves';
      filter.update(chart);
      filterButton.setAttribute('aria-pressed', String(view.hideClosed || filter.isActive));
    },
    showHistory: (canGoBack, canGoForward) => {
      back.disabled = !canGoBack;
      forward.disabled = !canGoForward;
    },
    showZoom,
    showOutline: (isOpen) => {
      outline.setAttribute('aria-pressed', String(isOpen));
      for (const each of [smaller, zoom, larger, fit]) each.disabled = isOpen;
    },
    showSource: (isOpen) => source.setAttribute('aria-pressed', String(isOpen)),
  };
}

const DOWN = 'M5.5 2.5h5v3h-5zM5.5 10.5h5v3h-5zM8 5.5v5M6.5 9L8 10.5L9.5 9';
const RIGHT = 'M2.5 5.5h3v5h-3zM10.5 5.5h3v5h-3zM5.5 8h5M9 6.5L10.5 8L9 9.5';

/** Levels that can be come to from anywhere, and phases. */
class LevelChoice {
  readonly element: Dropdown;
  readonly #strings: PageStrings;
  #levels: readonly FlowLevel[] = [];
  #choices = '';
  /** What was chosen last, here or elsewhere. */
  #at = -1;

  constructor(strings: PageStrings, goTo: (level: FlowLevel) => void) {
    this.#strings = strings;
    this.element = element('vscode-dropdown', {
      id: 'show',
      'aria-label': strings.show,
      title: strings.show,
    }) as Dropdown;
    const choose = () => {
      const at = this.element.selectedIndex;
      const level = this.#levels[at];
      if (level === undefined || at === this.#at) return;
      this.#at = at;
      goTo(level);
    };
    this.element.addEventListener('change', choose);
    // The toolkit says nothing of a key that leads back to what was chosen when the list was last opened.
    this.element.addEventListener('keyup', () => {
      if (!this.element.open) choose();
    });
  }

  update({ view, phases }: ShowChart): void {
    const { levels } = this.#strings;
    const now = levelOf(view);
    const common: readonly (readonly [FlowLevel, string])[] = [
      ...(phases.length > 0 ? [[{ level: 'overview' }, levels.overview] as const] : []),
      [{ level: 'waves' }, levels.waves],
      [{ level: 'whole' }, levels.whole],
      ...phases.map(({ id, label }) => [{ level: 'phase', phase: id } as const, label] as const),
    ];
    const isCommon = common.some(([level]) => placeKey(level) === placeKey(now));
    const all = isCommon || now.level === 'phase' ? common : [[now, levels[now.level]] as const, ...common];
    const choices = JSON.stringify(all.map(([, label]) => label));
    this.#levels = all.map(([level]) => level);
    if (choices !== this.#choices) {
      this.#choices = choices;
      this.element.replaceChildren(
        ...all.map(([, label], index) => element('vscode-option', { value: String(index) }, label)),
      );
    }
    const at = all.findIndex(([level]) => placeKey(level) === placeKey(now));
    // The toolkit reads its options a moment after they are put in.
    setTimeout(() => {
      this.element.value = String(at);
      this.#at = at;
    });
  }
}

/** How many edges a neighbourhood reaches. */
class DepthChoice {
  readonly element = element('div', { id: 'depth', hidden: '' });
  readonly #fewer: Button;
  readonly #more: Button;
  readonly #text = element('span', { role: 'status' });
  readonly #strings: PageStrings;
  #level: FlowLevel | undefined;

  constructor(strings: PageStrings, goTo: (level: FlowLevel) => void) {
    this.#strings = strings;
    this.#fewer = iconButton('fewer-steps', strings.fewerSteps, 'M3.5 8h9');
    this.#more = iconButton('more-steps', strings.moreSteps, 'M3.5 8h9M8 3.5v9');
    const step = (by: number) => () => {
      const level = this.#level;
      if (level?.level === 'neighbourhood') goTo({ ...level, depth: level.depth + by });
    };
    this.#fewer.addEventListener('click', step(-1));
    this.#more.addEventListener('click', step(1));
    this.element.append(this.#fewer, this.#text, this.#more);
  }

  update(level: FlowLevel): void {
    this.#level = level;
    this.element.hidden = level.level !== 'neighbourhood';
    if (level.level !== 'neighbourhood') return;
    this.#text.textContent = fill(this.#strings.steps, level.depth);
    this.#fewer.disabled = level.depth <= DEPTHS.least;
    this.#more.disabled = level.depth >= DEPTHS.most;
  }
}

/**
 * The toolkit takes VS Code's colours, and follows them, from the window's load event on. Without it, it stays in its
 * own dark ones: where it has come after that event, it is told again.
 */
function giveTheme(): void {
  if (document.readyState === 'complete') window.dispatchEvent(new Event('load'));
}

function textButton(id: string, label: string): Button {
  return element('vscode-button', { id, appearance: 'icon', 'aria-label': label, title: label }) as Button;
}

/** An outline in a square of 16 by 16. */
function iconButton(id: string, label: string, outline: string): Button {
  const button = textButton(id, label);
  setOutline(button, outline);
  return button;
}

function setOutline(button: Button, outline: string): void {
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', outline);
  icon.append(path);
  button.replaceChildren(icon);
}
