import { chmod, readdir, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { webviewTarget } from './webview.mjs';

/** How code for Node.js is bundled: for VS Code's extension host, for the command line, for tests inside VS Code.
 * @type {import('esbuild').BuildOptions}
 */
export const nodeBundle = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  loader: { '.md': 'text' },
};

/**
 * What is built, by name.
 * @param {boolean} production
 * @returns {Record<'host' | 'cli' | 'mcp' | 'webview', import('esbuild').BuildOptions>}
 */
export function targets(production) {
  /** @type {import('esbuild').BuildOptions} */
  const shared = {
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    metafile: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  };
  /** @type {import('esbuild').BuildOptions} */
  const node = { ...shared, ...nodeBundle };
  const webview = webviewTarget(shared);
  return {
    host: {
      ...node,
      // In chunks, so that activation loads no more than it needs: only ES modules can be split.
      format: 'esm',
      splitting: true,
      entryPoints: ['src/extension.ts'],
      outdir: 'dist/host',
      outExtension: { '.js': '.mjs' },
      chunkNames: '[name]-[hash]',
      external: ['vscode'],
      // Some libraries are CommonJS and ask for Node's own modules.
      banner: { js: `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);` },
      plugins: [onlyWhatWasBuilt('dist/host')],
    },
    cli: {
      ...node,
      entryPoints: ['src/cli/main.ts'],
      outfile: 'dist/cli.js',
      banner: { js: '#!/usr/bin/env node' },
      plugins: [protocolApart(), executable('dist/cli.js')],
    },
    mcp: { ...node, entryPoints: ['src/cli/mcp/server.ts'], outfile: 'dist/mcp.js' },
    webview: { ...webview, plugins: [...(webview.plugins ?? []), onlyWhatWasBuilt('dist/webview')] },
  };
}

/** The command line loads the protocol for agents from the file beside it. @returns {import('esbuild').Plugin} */
function protocolApart() {
  return {
    name: 'protocol-apart',
    setup(build) {
      build.onResolve({ filter: /^\.\/mcp\/server$/ }, () => ({ path: './mcp.js', external: true }));
    },
  };
}

/** @returns {import('esbuild').Plugin} */
function executable(file) {
  return {
    name: 'executable',
    setup(build) {
      build.onEnd(async (result) => {
        if (result.errors.length === 0 && build.initialOptions.write !== false) await chmod(file, 0o755);
      });
    },
  };
}

/** Chunks are named after their content: those of earlier builds go. @returns {import('esbuild').Plugin} */
function onlyWhatWasBuilt(folder) {
  return {
    name: 'only-what-was-built',
    setup(build) {
      build.onEnd(async (result) => {
        if (result.metafile === undefined || build.initialOptions.write === false) return;
        const built = new Set(Object.keys(result.metafile.outputs).map((file) => resolve(file)));
        for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
          const file = resolve(entry.parentPath, entry.name);
          if (entry.isFile() && !built.has(file)) await rm(join(folder, relative(folder, file)), { force: true });
        }
      });
    },
  };
}
