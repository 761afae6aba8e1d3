import type { Flowchart } from '../src/core/flowchart/flowchart';
import type { PageStrings } from '../src/protocol';
import { Diagrams } from './diagram';
import { element } from './dom';
import { type Ground, standaloneSvg } from './exportPicture';
import { onPaper } from './paper';
import { Picture } from './picture';

/**
 * A page without anybody in front of it: it draws the one chart that it was given and sends the document back to where
 * the page came from, or what went wrong.
 */
async function print(): Promise<void> {
  const given = document.getElementById('chart')?.textContent ?? '';
  const { chart, ground } = JSON.parse(given) as { readonly chart: Flowchart; readonly ground: Ground };
  onPaper();
  const stage = element('div', { id: 'stage', class: 'picture still' });
  const workshop = element('div', { id: 'workshop', class: 'picture' });
  document.body.append(element('div', { id: 'graph' }, stage, workshop));
  const svg = await new Diagrams(workshop).draw(chart.text, () => undefined);
  if (svg === undefined) throw new Error('nothing was drawn');
  stage.append(svg);
  new Picture(svg, '', NO_WORDS).update(chart.nodes, chart.edges);
  for (const title of svg.querySelectorAll('title')) title.remove();
  await send('picture', standaloneSvg(svg, ground));
}

/** Nobody reads the names of nodes aloud here. */
const NO_WORDS = {
  states: {},
  kinds: {},
  waitsFor: '',
  progress: '',
  onCriticalPath: '',
} as PageStrings;

async function send(what: 'picture' | 'failure', body: string): Promise<void> {
  await fetch(`${location.pathname}${what}`, { method: 'POST', body });
}

print().catch((error: unknown) => send('failure', error instanceof Error ? error.message : String(error)));
