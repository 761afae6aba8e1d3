import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** As esbuild does for the bundles: an imported Markdown file is its text. */
const markdownAsText: Plugin = {
  name: 'markdown-as-text',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('.md') ? `export default ${JSON.stringify(code)};` : undefined),
};

/** A shared build machine can be busy: there, a test that needs a browser gets a second try, which the report names. */
const retry = process.env.CI === undefined ? 0 : 1;

export default defineConfig({
  plugins: [markdownAsText],
  test: {
    // What a person waits for may take its time on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        extends: true,
        resolve: { alias: { vscode: new URL('test/webview/vscodeWords.ts', import.meta.url).pathname } },
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          retry,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          include: ['test/ui/**/*.journey.ts'],
          retry,
          globalSetup: ['test/ui/harness.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'pictures',
          include: ['test/pictures/**/*.pictures.ts'],
          globalSetup: ['test/ui/harness.setup.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
