import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { FlowFilter } from '../src/core/flowchart/levels';
import type { PageStrings, ShowChart } from '../src/protocol';
import { element } from './dom';
import type { ViewOptions } from './levels';
import { fill } from './strings';

const STATES: readonly FlowNode['state'][] = [
  'ready',
  'in_progress',
  'blocked',
  'closed',
  'deferred',
  'due',
  'waiting',
];
const PRIORITIES = [0, 1, 2, 3, 4, -1];
/** More owners or phases than this are more than a sheet can show. */
const MOST_CHOICES = 40;

/** The toolkit's check box, as far as it is used here. */
type CheckBox = HTMLElement & { checked: boolean };

/** What stands out of the graph, and what is left out of it. */
export class FilterSheet {
  readonly element: HTMLElement;
  readonly #strings: PageStrings;
  readonly #change: (options: Partial<ViewOptions>) => void;
  #filter: FlowFilter = {};
  #drawn = '';

  constructor(strings: PageStrings, change: (options: Partial<ViewOptions>) => void) {
    this.#strings = strings;
    this.#change = change;
    this.element = element('div', { class: 'filter', role: 'dialog', 'aria-label': strings.filter, tabindex: '-1' });
  }

  get isActive(): boolean {
    return Object.values(this.#filter).some((list) => list !== undefined);
  }

  update({ view, phases, owners, nodes }: ShowChart): void {
    this.#filter = view.filter ?? {};
    const now = JSON.stringify([view.filter, view.hideClosed, phases, owners]);
    if (now !== this.#drawn) {
      this.#drawn = now;
      const hadFocus = this.element.contains(document.activeElement) ? document.activeElement?.id : undefined;
      this.element.replaceChildren(...this.#content(view.hideClosed, phases, owners));
      if (hadFocus !== undefined) document.getElementById(hadFocus)?.focus();
    }
    const status = this.element.querySelector('[role=status]');
    const single = nodes.filter(({ kind }) => !['wave', 'more', 'later', 'waveless'].includes(kind));
    const matching = single.filter(({ faint }) => !faint).length;
    if (status !== null) {
      status.textContent = this.isActive ? fill(this.#strings.matching, matching, single.length) : '';
    }
  }

  #content(hideClosed: boolean, phases: ShowChart['phases'], owners: readonly string[]): readonly HTMLElement[] {
    const { states, noPriority, noOwner } = this.#strings;
    const hide = this.#box('hide-closed', this.#strings.hideClosed, hideClosed, (isOn) =>
      this.#change({ hideClosed: isOn }),
    );
    const clear = element('button', { type: 'button', class: 'link', id: 'clear-filter' }, this.#strings.clearFilter);
    clear.hidden = !this.isActive;
    clear.addEventListener('click', () => this.#change({ filter: undefined }));
    const people = owners.length === 0 ? [] : [...owners.slice(0, MOST_CHOICES), ''];
    return [
      hide,
      this.#section('states', this.#strings.state, STATES, (state) => states[state]),
      this.#section('priorities', this.#strings.priority, PRIORITIES, (each) => (each < 0 ? noPriority : `P${each}`)),
      this.#section('owners', this.#strings.owner, people, (owner) => owner || noOwner),
      this.#section(
        'phases',
        this.#strings.kinds.phase,
        phases.slice(0, MOST_CHOICES).map(({ id }) => id),
        (id) => phases.find((phase) => phase.id === id)?.label ?? id,
      ),
      element('footer', {}, element('span', { role: 'status' }), clear),
    ];
  }

  #section<T extends string | number>(
    name: keyof FlowFilter,
    title: string,
    choices: readonly T[],
    wordOf: (choice: T) => string,
  ): HTMLElement {
    const chosen = (this.#filter[name] ?? []) as readonly (string | number)[];
    const boxes = choices.map((choice, index) =>
      this.#box(`filter-${name}-${index}`, wordOf(choice), chosen.includes(choice), (isOn) => {
        const next = isOn ? [...chosen, choice] : chosen.filter((each) => each !== choice);
        const { [name]: _, ...others } = this.#filter;
        const filter = { ...others, ...(next.length > 0 && { [name]: next }) } as FlowFilter;
        this.#change({ filter: Object.keys(filter).length > 0 ? filter : undefined });
      }),
    );
    const section = element(
      'section',
      { role: 'group', 'aria-label': title, class: name },
      element('h2', { 'aria-hidden': 'true' }, title),
      ...boxes,
    );
    section.hidden = choices.length === 0;
    return section;
  }

  #box(id: string, label: string, isOn: boolean, change: (isOn: boolean) => void): HTMLElement {
    const box = element('vscode-checkbox', { id, ...(isOn && { checked: '' }) }, label) as CheckBox;
    box.addEventListener('change', () => {
      if (box.checked !== isOn) change(box.checked);
    });
    return box;
  }
}
