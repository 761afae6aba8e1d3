/** Runs inside the extension host: how long activation takes, beside that of a small one that comes with VS Code. */
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

const EXTENSIONS = { builtIn: 'vscode.gulp', phasewise: 'phasewise.phasewise' } as const;
/** Milliseconds that the window is left alone: what else starts with it would count too. */
const QUIET = 5_000;

export async function run(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, QUIET));
  const times: Record<string, number> = {};
  for (const [name, id] of Object.entries(EXTENSIONS)) {
    const extension = vscode.extensions.getExtension(id);
    if (extension === undefined || extension.isActive) throw new Error(`${id} is missing, or active already`);
    const start = performance.now();
    await extension.activate();
    times[name] = performance.now() - start;
  }
  writeFileSync(process.env.PHASEWISE_TEST_REPORT ?? '', JSON.stringify(times));
}
