import { mermaidFlowchartOnly } from './mermaid.mjs';

/**
 * The page of the graph panel: ES modules, split, so that a lazy part is fetched when it is used.
 * @param {import('esbuild').BuildOptions} shared
 * @returns {import('esbuild').BuildOptions}
 */
export function webviewTarget(shared) {
  return {
    ...shared,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    splitting: true,
    // `print` is what the command line draws with.
    entryPoints: { main: 'webview-ui/main.ts', print: 'webview-ui/print.ts', style: 'webview-ui/style.css' },
    outdir: 'dist/webview',
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [mermaidFlowchartOnly()],
  };
}
