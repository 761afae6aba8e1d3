import * as vscode from 'vscode';
import { type ThingRef, thingOf } from '../../core/thingRef';
import type { Services } from '../../services';

export const textScheme = 'phasewise-text';

type Shown =
  /** A text that does not change. `label` tells versions apart. */
  | { readonly file: string; readonly text: string; readonly label: string }
  /** A thing as it stands now. */
  | { readonly file: string; readonly ref: ThingRef };

/** Texts that are shown for reading: their address holds which. */
export function textUri({ file, ...what }: Shown): vscode.Uri {
  return vscode.Uri.from({ scheme: textScheme, path: `/${file}`, query: JSON.stringify(what) });
}

export function registerTexts(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  return vscode.Disposable.from(
    changed,
    services.index.onDidChange(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === textScheme) changed.fire(uri);
    }),
    vscode.workspace.registerTextDocumentContentProvider(textScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => textIn(services, uri),
    }),
  );
}

function textIn(services: Services, { query }: vscode.Uri): string {
  try {
    const { text, ref } = JSON.parse(query) as { readonly text?: unknown; readonly ref?: ThingRef };
    return typeof text === 'string' ? text : ref === undefined ? '' : currentText(services, ref);
  } catch {
    return '';
  }
}

/** A thing's text as it stands now. */
function currentText(services: Services, ref: ThingRef): string {
  const plan = services.index.planByKey(ref.plan)?.plan;
  const thing = plan && thingOf(plan, ref);
  const { file, start, end } = thing?.location ?? { file: '', start: 0, end: 0 };
  return plan?.textOf(file)?.slice(start, end) ?? '';
}
