import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const forbidden: readonly (readonly [file: string, statement: string])[] = [
  ['src/core/plan.ts', `import { x } from 'vscode';`],
  ['src/core/plan.ts', `import { x } from 'node:fs';`],
  ['src/core/plan.ts', `import { x } from 'fs';`],
  ['src/core/plan.ts', `import { x } from 'child_process';`],
  ['src/core/plan.ts', `import { x } from 'simple-git';`],
  ['src/core/plan.ts', `import { x } from '@scope/package';`],
  ['src/core/plan.ts', `import { x } from '../git/worktrees';`],
  ['src/core/plan.ts', `import { x } from '../protocol';`],
  ['src/core/plan.ts', `export { x } from 'node:fs';`],
  ['src/core/plan.ts', `export const x = await import('node:fs');`],
  ['src/core/plan.ts', `export const x = process.cwd();`],
  ['src/core/rules/ids.ts', `import { x } from 'vscode';`],
  ['src/core/rules/ids.ts', `import { x } from '../../git/worktrees';`],
  ['src/core/rules/deep/ids.ts', `import { x } from '../../../protocol';`],
  ['src/git/worktrees.ts', `import { x } from 'vscode';`],
  ['src/git/worktrees.ts', `import { x } from '../views/plans';`],
  ['src/git/worktrees.ts', `import { x } from '../planIndex';`],
  ['src/git/parts/names.ts', `import { x } from '../../services';`],
  ['src/planFiles/find.ts', `import { x } from '../views/plans';`],
  ['src/cli/main.ts', `import { x } from '../planFiles/find';`],
  ['src/cli/main.ts', `import { x } from 'vscode';`],
  ['src/writing/lock.ts', `import { x } from 'vscode';`],
  ['src/writing/lock.ts', `import { x } from '../core/model';`],
  ['src/writing/lock.ts', `import { x } from '../planIndex';`],
  ['src/programs/run.ts', `import { x } from '../core/model';`],
  ['src/tracker/bd.ts', `import { x } from 'vscode';`],
  ['src/tracker/bd.ts', `import { x } from '../git/history';`],
  ['src/cli/main.ts', `import { x } from '../views/plans';`],
  ['src/cli/main.ts', `import { x } from '../convert';`],
  ['src/views/plans.ts', `import { x } from '../graph/panel';`],
  ['src/graph/panel.ts', `import { x } from '../views/plans';`],
  ['src/prompts/copy.ts', `import { x } from '../workspaces/open';`],
  ['src/workspaces/open.ts', `import { x } from '../prompts/copy';`],
  ['src/editor/lenses.ts', `import { x } from '../agents/tools';`],
  ['src/audits/pages.ts', `import { x } from '../prompts/copy';`],
  ['src/views/plans.ts', `import { x } from '../audits/pages';`],
  ['src/agents/tools.ts', `import { x } from '../editor/lenses';`],
  ['src/actions/claim.ts', `import { x } from '../views/plans';`],
  ['src/views/plans.ts', `import { x } from '../actions/claim';`],
  ['src/views/parts/row.ts', `import { x } from '../../graph/panel';`],
  ['webview-ui/main.ts', `import { x } from 'vscode';`],
  ['webview-ui/main.ts', `import { x } from 'node:fs';`],
  ['webview-ui/main.ts', `import { x } from '../src/planIndex';`],
  ['webview-ui/main.ts', `import { x } from '../src/graph/panel';`],
  ['webview-ui/main.ts', `import { x } from '@vscode/webview-ui-toolkit';`],
  ['webview-ui/main.ts', `import { x } from '../src/core/model';`],
  ['webview-ui/main.ts', `import { type x } from '../src/core/model';`],
  ['webview-ui/main.ts', `import { x, type Y } from '../src/core/model';`],
  ['webview-ui/main.ts', `import '../src/core/model';`],
  ['webview-ui/main.ts', `import * as x from '../src/core/model';`],
  ['webview-ui/main.ts', `export { x } from '../src/core/model';`],
  ['webview-ui/parts/list.ts', `import { x } from '../../src/core/model';`],
  ['webview-ui/controls.ts', `import { x } from '../src/graph/panel';`],
  ['webview-ui/controls.ts', `import { x } from '../src/core/model';`],
];

const allowed: readonly (readonly [file: string, statement: string])[] = [
  ['src/core/plan.ts', `import { x } from './text';`],
  ['src/core/plan.ts', `import { x } from './rules/ids';`],
  ['src/core/plan.ts', `import { x } from 'yaml';`],
  ['src/core/plan.ts', `import { x } from '@lezer/markdown';`],
  ['src/core/rules/ids.ts', `import { x } from '../model';`],
  ['src/core/rules/ids.ts', `import { x } from '../prompt/phase';`],
  ['src/git/worktrees.ts', `import { x } from '../core/plan';`],
  ['src/git/worktrees.ts', `import { x } from 'simple-git';`],
  ['src/git/worktrees.ts', `import { x } from 'node:fs';`],
  ['src/cli/main.ts', `import { x } from '../core/graph';`],
  ['src/cli/main.ts', `import { x } from '../git/history';`],
  ['src/cli/main.ts', `import { x } from '../writing/holdFiles';`],
  ['src/cli/main.ts', `import { x } from '../tracker/bd';`],
  ['src/tracker/bd.ts', `import { x } from '../programs/run';`],
  ['src/tracker/bd.ts', `import { x } from '../core/notation/export';`],
  ['src/cli/commands/show.ts', `import { x } from '../../writing/holdFiles';`],
  ['src/writing/lock.ts', `import { x } from 'node:fs';`],
  ['src/writing/lock.ts', `import { x } from './owner';`],
  ['src/workspaces/open.ts', `import { x } from '../writing/holdFiles';`],
  ['src/cli/main.ts', `import { x } from '../../package.json';`],
  ['src/cli/commands/show.ts', `import { x } from '../main';`],
  ['src/cli/commands/show.ts', `import { x } from '../../core/plan';`],
  ['src/planFiles/find.ts', `import { x } from 'vscode';`],
  ['src/views/plans.ts', `import { x } from '../core/graph';`],
  ['src/views/plans.ts', `import { x } from '../planIndex';`],
  ['src/views/plans.ts', `import { x } from 'vscode';`],
  ['src/graph/panel.ts', `import { x } from './page';`],
  ['webview-ui/main.ts', `import { x } from '../src/protocol';`],
  ['webview-ui/main.ts', `import type { x } from '../src/core/model';`],
  ['webview-ui/main.ts', `import type * as x from '../src/core/model';`],
  ['webview-ui/controls.ts', `import { x } from '@vscode/webview-ui-toolkit';`],
  ['webview-ui/diagram.ts', `import { x } from 'mermaid';`],
];

/** Every case stands on a line of its own in the file that it is about. */
const files = new Map<string, string[]>();
for (const [file, statement] of [...forbidden, ...allowed]) files.set(file, [...(files.get(file) ?? []), statement]);

const tree = mkdtempSync(join(tmpdir(), 'phasewise-boundaries-'));
/** Where the linter found a crossed boundary, as `file:line`. */
let reported: ReadonlySet<string>;

beforeAll(() => {
  cpSync(join(root, 'biome.json'), join(tree, 'biome.json'));
  cpSync(join(root, 'scripts/lint'), join(tree, 'scripts/lint'), { recursive: true });
  for (const [file, lines] of files) {
    const target = join(tree, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${lines.join('\n')}\n`);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const flags = ['--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false'];
  const run = spawnSync(process.execPath, [biome, 'lint', ...flags], { cwd: tree, encoding: 'utf8' });
  const report = JSON.parse(run.stdout) as Report;
  reported = new Set(
    report.diagnostics.filter(isBoundary).map(({ location }) => place(location.path, location.start.line)),
  );
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test.each(forbidden)('%s may not say: %s', (file, statement) => {
  expect(reported).toContain(place(file, lineOf(file, statement)));
});

test.each(allowed)('%s may say: %s', (file, statement) => {
  expect(reported).not.toContain(place(file, lineOf(file, statement)));
});

interface Report {
  readonly diagnostics: readonly Diagnostic[];
}

interface Diagnostic {
  readonly category: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

function isBoundary({ category, severity }: Diagnostic): boolean {
  return severity === 'error' && /noRestrictedImports|noRestrictedGlobals|^plugin$/.test(category);
}

function place(file: string, line: number): string {
  return `${file}:${line}`;
}

function lineOf(file: string, statement: string): number {
  return (files.get(file) ?? []).indexOf(statement) + 1;
}
