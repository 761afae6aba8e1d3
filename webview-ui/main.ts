import type { ToPage } from '../src/protocol';
import type { GraphPage } from './graphPage';
import { keptState, onMessage, post } from './host';
import { putOnPaperWhenPrinted } from './paper';
import { readStrings } from './strings';
import { onThemeChange } from './theme';
import { others } from './turns';

/**
 * The extension prepares the chart, and the browser fetches mermaid, while the page is built: what takes its time
 * is asked for first. The page is built in a task of its own, so that none is long.
 */
async function start(): Promise<void> {
  let page: GraphPage | undefined;
  const early: ToPage[] = [];
  onMessage((message) => {
    if (page === undefined) early.push(message);
    else page.handle(message);
  });
  post({ type: 'ready' });
  void import('./diagram').then(({ warmUp }) => warmUp());
  const module = await import('./graphPage');
  await others();
  const made = new module.GraphPage(readStrings());
  made.restore(keptState());
  onThemeChange((isOtherFont) => made.themeChanged(isOtherFont));
  putOnPaperWhenPrinted();
  await others();
  page = made;
  for (const message of early) made.handle(message);
}

void start();
