import type { PlanSnapshot } from '../../src/core/snapshot';
import { chartOf, existingView, foundThings } from '../../src/graph/chart';
import { type GraphView, isToHost } from '../../src/protocol';
import { openPanel, type Panel, type PanelOptions } from './harness';

/** A page with the extension's answers: the charts of the levels that it asks for, and what it searches for. */
export interface LivePanel extends Panel {
  readonly view: GraphView;
  /** The plan is this one now. */
  edit(snapshot: PlanSnapshot): Promise<void>;
}

export async function openLivePanel(
  snapshot: PlanSnapshot,
  view: GraphView,
  options: PanelOptions = {},
): Promise<LivePanel> {
  const now = { snapshot, view };
  const send = async (message: unknown) => (await panel).send(message);
  const chart = () => chartOf(now.snapshot, existingView(now.snapshot.plan, now.view));
  const answer = (message: unknown) => {
    if (!isToHost(message)) throw new Error(`The page has posted ${JSON.stringify(message)}`);
    if (message.type === 'view') now.view = message.view;
    if (message.type === 'view' || message.type === 'ready') void send(chart());
    if (message.type === 'search') {
      const { query } = message;
      void send({ type: 'found', query, things: foundThings(now.snapshot, query) });
    }
  };
  const panel = openPanel({ ...options, onMessage: answer });
  const opened = await panel;
  await opened.page.locator('#stage svg').waitFor();
  return {
    ...opened,
    get view() {
      return now.view;
    },
    edit: (edited) => {
      now.snapshot = edited;
      return send(chart());
    },
  };
}
