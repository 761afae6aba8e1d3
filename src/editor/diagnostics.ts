import * as vscode from 'vscode';
import { toFile, toRange, toSeverity, toUri } from '../convert';
import type { Diagnostic } from '../core/model';
import { checkPlan } from '../core/rules/check';
import type { PlanSnapshot } from '../core/snapshot';
import type { PlanIndex } from '../planIndex';
import type { Services } from '../services';

/** Keeps the Problems view in step with the plans. */
export function publishDiagnostics({ index, context }: Services): vscode.Disposable {
  const problems = vscode.languages.createDiagnosticCollection('phasewise');
  const pages = vscode.Uri.joinPath(context.extensionUri, 'docs', 'problems');
  /** By plan: the files that it has problems in. One file belongs to one plan. */
  const filesOfPlan = new Map<string, readonly vscode.Uri[]>();

  const clear = (key: string): void => {
    for (const uri of filesOfPlan.get(key) ?? []) problems.delete(uri);
    filesOfPlan.delete(key);
  };
  const publish = (snapshot: PlanSnapshot): void => {
    const byFile = byLocation(checkPlan(snapshot));
    const entries = [...byFile].map(
      ([file, found]) => [toUri(file), found.flatMap((one) => toProblem(index, pages, one))] as const,
    );
    const uris = new Set(entries.map(([uri]) => toFile(uri)));
    const gone = (filesOfPlan.get(snapshot.plan.key) ?? []).filter((uri) => !uris.has(toFile(uri)));
    for (const uri of gone) problems.delete(uri);
    for (const [uri, found] of entries) problems.set(uri, found);
    filesOfPlan.set(
      snapshot.plan.key,
      entries.map(([uri]) => uri),
    );
  };

  return vscode.Disposable.from(
    problems,
    index.onDidChange(({ changed, removed }) => {
      for (const key of removed) clear(key);
      for (const snapshot of changed) publish(snapshot);
    }),
  );
}

function byLocation(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { file } = diagnostic.location;
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [diagnostic]);
    else known.push(diagnostic);
  }
  return byFile;
}

/** Nothing when the file is gone meanwhile. `pages` holds a page for each code. */
function toProblem(index: PlanIndex, pages: vscode.Uri, diagnostic: Diagnostic): readonly vscode.Diagnostic[] {
  const lines = index.linesOf(diagnostic.location.file);
  if (lines === undefined) return [];
  const range = toRange(lines, diagnostic.location);
  const problem = new vscode.Diagnostic(range, diagnostic.message, toSeverity(diagnostic.severity));
  problem.source = 'Phasewise';
  problem.code = { value: diagnostic.code, target: vscode.Uri.joinPath(pages, `${diagnostic.code}.md`) };
  problem.relatedInformation = diagnostic.related?.flatMap(({ location, message }) => {
    const target = index.linesOf(location.file);
    if (target === undefined) return [];
    const place = new vscode.Location(toUri(location.file), toRange(target, location));
    return [new vscode.DiagnosticRelatedInformation(place, message)];
  });
  return [problem];
}
