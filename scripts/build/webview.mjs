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
    entryPoints: { main: 'webview-ui/main.ts', style: 'webview-ui/style.css' },
    outdir: 'dist/webview',
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [mermaidFlowchartOnly()],
  };
}
