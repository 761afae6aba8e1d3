import { type BuildResult, build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { targets } from '../../scripts/build/targets.mjs';
import { root } from '../../scripts/root.mjs';

/** A target as it is shipped, built in memory. */
async function shipped(target: 'host' | 'cli' | 'mcp' | 'webview') {
  const options = { ...targets(true)[target], absWorkingDir: root, write: false, metafile: true } as const;
  const result = await build(options);
  return { files: result.outputFiles, sources: sourcesOf(result) };
}

/** Everything from which some code ended up in a bundle. */
function sourcesOf(result: BuildResult<{ metafile: true }>): string[] {
  const used = Object.values(result.metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return used.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([source]) => source);
}

describe('bundles', () => {
  test('the extension is under 700 KB minified, and draws nothing itself', async () => {
    const { files, sources } = await shipped('host');
    expect(files[0]?.contents.byteLength).toBeLessThan(700 * 1024);
    expect(sources).toContain('src/extension.ts');
    expect(sources.filter((source) => /mermaid|webview-ui|src\/cli/.test(source))).toEqual([]);
  });

  test('the command line needs no VS Code', async () => {
    const { files, sources } = await shipped('cli');
    expect(files[0]?.text).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(files[0]?.text).not.toMatch(/require\("vscode"\)/);
    expect(sources.filter((source) => source === 'src/extension.ts')).toEqual([]);
  });

  test('the protocol for agents is a file of its own, which nothing else carries and which carries nothing else', async () => {
    const isProtocol = (source: string) => /node_modules\/(?:@modelcontextprotocol|zod|ajv)\//.test(source);
    for (const target of ['cli', 'host', 'webview'] as const) {
      expect((await shipped(target)).sources.filter(isProtocol)).toEqual([]);
    }
    const { sources } = await shipped('mcp');
    expect(sources.filter(isProtocol).length).toBeGreaterThan(0);
    expect(sources.filter((source) => /^src\/(?!cli\/mcp\/)/.test(source))).toEqual([]);
  });

  test('the webview holds nothing of the core but the checks of what messages hold', async () => {
    const { sources } = await shipped('webview');
    expect(sources).toContain('webview-ui/main.ts');
    expect(sources.filter((source) => /^src\/(?!protocol|core\/checks\.ts)/.test(source))).toEqual([]);
  });
});
