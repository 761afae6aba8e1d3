import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { context } from 'esbuild';
import { targets } from './scripts/build/targets.mjs';

const { values: flags } = parseArgs({
  options: { watch: { type: 'boolean' }, production: { type: 'boolean' } },
});

await Promise.all(Object.entries(targets(flags.production ?? false)).map(([name, options]) => build(name, options)));

/** One bundle, with its metafile in dist/meta; in watch mode it stays alive and rebuilds. */
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
