import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { context } from 'esbuild';
import { webviewTarget } from './scripts/build/webview.mjs';

const { values: flags } = parseArgs({
  options: { watch: { type: 'boolean' }, production: { type: 'boolean' } },
});
const production = flags.production ?? false;

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };

/** @type {Record<string, import('esbuild').BuildOptions>} */
const targets = {
  host: { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  cli: {
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [executable('dist/cli.js')],
  },
  webview: webviewTarget(shared),
};

await Promise.all(Object.entries(targets).map(([name, options]) => build(name, options)));

/** One bundle, with its metafile beside it in dist/meta; in watch mode it stays alive and rebuilds. */
async function build(name, options) {
  const building = await context({
    ...options,
    plugins: [...(options.plugins ?? []), metafile(name), ...(flags.watch ? [announce(name)] : [])],
  });
  if (flags.watch) return building.watch();
  try {
    await building.rebuild();
  } catch (error) {
    if (error.errors === undefined) throw error;
    process.exitCode = 1; // esbuild has printed what is wrong, with file and line
  }
  await building.dispose();
}

/** @returns {import('esbuild').Plugin} */
function metafile(name) {
  return {
    name: 'metafile',
    setup(build) {
      build.onEnd(async (result) => {
        if (result.metafile === undefined) return;
        await mkdir('dist/meta', { recursive: true });
        await writeFile(`dist/meta/${name}.json`, JSON.stringify(result.metafile));
      });
    },
  };
}

/** @returns {import('esbuild').Plugin} */
function executable(file) {
  return {
    name: 'executable',
    setup(build) {
      build.onEnd(async (result) => {
        if (result.errors.length === 0) await chmod(file, 0o755);
      });
    },
  };
}

/** The lines that .vscode/tasks.json watches for. @returns {import('esbuild').Plugin} */
function announce(name) {
  return {
    name: 'announce',
    setup(build) {
      build.onStart(() => console.log(`[watch] build started (${name})`));
      build.onEnd(() => console.log(`[watch] build finished (${name})`));
    },
  };
}
