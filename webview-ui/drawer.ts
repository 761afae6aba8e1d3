import type { PageStrings, ShowChart } from '../src/protocol';
import type { Diagrams } from './diagram';
import type { Parts } from './dom';
import { type DrawnPicture, post } from './host';
import { Notice } from './notice';
import { Picture } from './picture';
import { fill } from './strings';
import { fontInUse } from './theme';

/** More nodes than this take a moment to draw: the page says so first, and lets the user think better of it. */
const LARGE = 150;

/** Draws charts, and holds the picture that stands. */
export class PictureDrawer {
  readonly notice: Notice;
  readonly #strings: PageStrings;
  readonly #parts: Parts;
  #diagrams: Promise<Diagrams> | undefined;
  #drawn: DrawnPicture | undefined;
  #picture: Picture | undefined;
  #cancelled = false;

  constructor(parts: Parts, strings: PageStrings, onCancel: () => void) {
    this.#parts = parts;
    this.#strings = strings;
    this.notice = new Notice(parts.notice, strings, () => {
      this.cancel();
      onCancel();
    });
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  get drawn(): DrawnPicture | undefined {
    return this.#drawn;
  }

  /** Whether this very picture stands already. */
  shows(chart: ShowChart): boolean {
    return this.#drawn?.text === chart.text && this.#drawn.font === fontInUse();
  }

  /** Nothing comes of what is being drawn. */
  cancel(): void {
    this.#cancelled = true;
    void this.#diagrams?.then((diagrams) => diagrams.cancel());
    this.notice.say(undefined);
  }

  /** `undefined` when it was cancelled, could not be drawn, or another one was asked for meanwhile. */
  async draw(chart: ShowChart): Promise<DrawnPicture | undefined> {
    const font = fontInUse();
    this.#cancelled = false;
    const isLong = chart.nodes.length > LARGE;
    if (this.#picture === undefined || isLong) {
      this.notice.drawing(chart.nodes.length, isLong);
      await painted();
    }
    try {
      const diagrams = await this.#loadDiagrams();
      if (this.#cancelled) return undefined;
      const svg = chart.nodes.length === 0 ? '' : await diagrams.draw(chart.text, (done) => this.notice.progress(done));
      if (svg === undefined) return undefined;
      return { text: chart.text, font, svg, nodes: chart.nodes, edges: chart.edges };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.notice.say(fill(this.#strings.failed, reason));
      post({ type: 'problem', message: `mermaid: ${reason}` });
      return undefined;
    }
  }

  /** Puts a picture in the place of the standing one. */
  put(drawn: DrawnPicture, plan: string): Picture | undefined {
    const { stage } = this.#parts;
    // A new picture stands in its colours at once; only later changes of state fade.
    stage.classList.add('still');
    requestAnimationFrame(() => requestAnimationFrame(() => stage.classList.remove('still')));
    if (typeof drawn.svg === 'string') stage.innerHTML = drawn.svg;
    else stage.replaceChildren(drawn.svg);
    const svg = stage.querySelector('svg');
    this.#drawn = drawn;
    this.#picture = svg === null ? undefined : new Picture(svg, plan, this.#strings);
    if (svg === null) return undefined;
    const { width, height } = svg.viewBox.baseVal;
    svg.setAttribute('width', String(width));
    svg.setAttribute('height', String(height));
    svg.setAttribute('role', 'group');
    svg.removeAttribute('aria-roledescription');
    this.#picture?.update(drawn.nodes, drawn.edges);
    return this.#picture;
  }

  #loadDiagrams(): Promise<Diagrams> {
    this.#diagrams ??= import('./diagram').then((module) => new module.Diagrams(this.#parts.workshop));
    return this.#diagrams;
  }
}

function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}
