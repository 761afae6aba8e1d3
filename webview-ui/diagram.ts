import mermaid from 'mermaid';
import { type Drawing, NESTED, nestedLayoutLoader } from './mermaidLayout';

/** Loads what mermaid would load with the first drawing. */
export async function warmUp(): Promise<void> {
  await mermaid.parse('flowchart TB\n  a', { suppressErrors: true });
}

/**
 * Draws mermaid's language. One drawing at a time; of several that are asked for meanwhile only the last
 * is drawn, the others give `undefined`.
 */
export class Diagrams {
  readonly #place: HTMLElement;
  #next: Waiting | undefined;
  #isDrawing = false;
  #current: Waiting | undefined;
  #count = 0;
  #drawing: Drawing | undefined;

  /** `place` is where nodes are measured: it must be laid out, with the page's styles, though nobody sees it. */
  constructor(place: HTMLElement) {
    this.#place = place;
    mermaid.registerLayoutLoaders([
      nestedLayoutLoader({
        take: (drawing) => {
          this.#drawing = drawing;
        },
        progress: (done) => this.#current?.progress(done),
        signal: () => this.#current?.cancelling.signal,
      }),
    ]);
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      look: 'classic',
      layout: NESTED,
      theme: 'base',
      themeVariables: { fontFamily: 'var(--vscode-font-family)', fontSize: '13px' },
      htmlLabels: true,
      // A plan is as large as it is; what is too much is decided before the text is made.
      maxEdges: 100_000,
      maxTextSize: 50_000_000,
      flowchart: {
        useMaxWidth: false,
        curve: 'basis',
        padding: 8,
        subGraphTitleMargin: { top: 8, bottom: 0 },
      },
    });
  }

  /**
   * Rejects with what mermaid has to say of the text. `undefined` when it was cancelled, or another one asked for.
   * `progress` hears how much is done, from 0 to 1.
   */
  draw(text: string, progress: (done: number) => void): Promise<SVGSVGElement | undefined> {
    this.#next?.settle(undefined);
    return new Promise((settle, reject) => {
      this.#next = { text, settle, reject, progress, cancelling: new AbortController() };
      if (!this.#isDrawing) void this.#run();
    });
  }

  /** Nothing comes of what is being drawn, nor of what waits for it. */
  cancel(): void {
    this.#current?.settle(undefined);
    this.#current?.cancelling.abort();
    this.#next?.settle(undefined);
    this.#next = undefined;
  }

  async #run(): Promise<void> {
    this.#isDrawing = true;
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      this.#current = next;
      try {
        const { svg } = await mermaid.render(`plan${this.#count++}`, next.text, this.#place);
        next.settle(this.#whole(svg));
      } catch (error) {
        next.reject(error);
      } finally {
        this.#drawing = undefined;
        this.#place.replaceChildren();
      }
    }
    this.#current = undefined;
    this.#isDrawing = false;
  }

  /** mermaid's `<svg>` with its style sheet, and the picture in it. */
  #whole(text: string): SVGSVGElement {
    const template = document.createElement('template');
    template.innerHTML = text;
    const svg = document.importNode(template.content, true).querySelector('svg');
    if (svg === null || this.#drawing === undefined) throw new Error('mermaid gave no picture.');
    const { root, area } = this.#drawing;
    svg.querySelector('style')?.after(root);
    svg.setAttribute('viewBox', `${area.x} ${area.y} ${area.width} ${area.height}`);
    svg.setAttribute('width', String(area.width));
    svg.setAttribute('height', String(area.height));
    svg.removeAttribute('style');
    return svg;
  }

  #take(): Waiting | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next;
  }
}

interface Waiting {
  readonly text: string;
  readonly settle: (svg: SVGSVGElement | undefined) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: (done: number) => void;
  readonly cancelling: AbortController;
}
