import * as vscode from 'vscode';

/** A plan of this size is not written by anyone; the editor itself gives up on files not much larger. */
const mostBytes = 32 * 1024 * 1024;
/** Where git looks for a zero byte to call a file binary. */
const binaryProbe = 8_000;

interface Gone {
  readonly kind: 'gone';
}

export type ReadResult =
  | { readonly kind: 'text'; readonly text: string; readonly stamp: string }
  /** As it was when it was last read. */
  | { readonly kind: 'same' }
  | Gone
  /** Something is there that is no readable text; `why` is for the log. */
  | { readonly kind: 'unreadable'; readonly why: string; readonly stamp?: string };

/** Reads a file, unless its time and size are those of `stamp` and old enough to be trusted. Never throws. */
export async function readPlanText(uri: vscode.Uri, stamp?: string): Promise<ReadResult> {
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    if ((stat.type & vscode.FileType.File) === 0) return { kind: 'gone' };
    const current = `${stat.mtime}:${stat.size}`;
    if (current === stamp && Date.now() - stat.mtime > 2_000) return { kind: 'same' };
    if (stat.size > mostBytes) return { kind: 'unreadable', why: `${stat.size} bytes are too many`, stamp: current };
    const bytes = await vscode.workspace.fs.readFile(uri);
    const text = await decode(uri, bytes);
    if (text === undefined) return { kind: 'unreadable', why: 'it is a binary file', stamp: current };
    return { kind: 'text', text, stamp: current };
  } catch (error) {
    if (isNotFound(error)) return { kind: 'gone' };
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) };
  }
}

/** For a file whose text comes from an editor. A file system that cannot tell counts as there. */
export async function exists(uri: vscode.Uri): Promise<Gone | { readonly kind: 'there' }> {
  try {
    await vscode.workspace.fs.stat(uri);
    return { kind: 'there' };
  } catch (error) {
    return { kind: isNotFound(error) ? 'gone' : 'there' };
  }
}

export async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false; // gone again, or not to be read
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The same text that an editor shows, so that offsets agree: no byte order mark, and the user's encoding. */
async function decode(uri: vscode.Uri, bytes: Uint8Array): Promise<string | undefined> {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!marked && bytes.subarray(0, binaryProbe).includes(0)) return undefined;
  try {
    if (!marked) return utf8.decode(bytes);
  } catch {
    // not UTF-8: the editor knows what the user's settings take it for
  }
  return vscode.workspace.decode(bytes, { uri });
}
