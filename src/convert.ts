import * as vscode from 'vscode';
import type { Severity } from './core/model';
import type { LineStarts, Range, TextEdit } from './core/text';

/** Core ↔ editor types; the only place that knows both. In the editor the core's file ids are URI strings. */

export function toUri(file: string): vscode.Uri {
  return vscode.Uri.parse(file, true);
}

export function toFile(uri: vscode.Uri): string {
  return uri.toString();
}

export function toPosition(lines: LineStarts, offset: number): vscode.Position {
  const { line, character } = lines.positionAt(offset);
  return new vscode.Position(line, character);
}

export function toRange(lines: LineStarts, range: Range): vscode.Range {
  return new vscode.Range(toPosition(lines, range.start), toPosition(lines, range.end));
}

export function toTextEdit(lines: LineStarts, edit: TextEdit): vscode.TextEdit {
  return new vscode.TextEdit(toRange(lines, edit.range), edit.newText);
}

export function toSeverity(severity: Severity): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'info':
      return vscode.DiagnosticSeverity.Information;
    case 'hint':
      return vscode.DiagnosticSeverity.Hint;
  }
}
