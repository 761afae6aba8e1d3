import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { pageHtml } from '../../../src/graph/page';
import { pageStrings } from '../../../src/graph/strings';

const BUNDLE = join(process.cwd(), 'dist/test/bench/webview');
const MERMAID = join(process.cwd(), 'node_modules/mermaid/dist');

export interface Site {
  /** The product's own page, under its own policy. */
  readonly panel: string;
  /** A page with mermaid as its authors ship it, minified, and nothing else. */
  readonly plain: string;
  /** What the panel loads, the largest first. */
  readonly sizes: readonly { readonly name: string; readonly bytes: number }[];
  close(): void;
}

/** Builds the page as it is packaged, and serves it. */
export async function openSite(): Promise<Site> {
  const sizes = await buildPage();
  const server = createServer((request, response) => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const path = normalize(new URL(request.url ?? '/', address).pathname);
    const html = path === '/panel' ? panelAt(`${address}/bundle`) : path === '/plain' ? PLAIN : undefined;
    const [, folder, rest = ''] = /^\/(bundle|mermaid)\/(.*)$/.exec(path) ?? [];
    const file = join(folder === 'mermaid' ? MERMAID : BUNDLE, rest);
    if (html !== undefined) response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    else if (folder !== undefined && existsSync(file)) {
      response.writeHead(200, { 'content-type': extname(file) === '.css' ? 'text/css' : 'text/javascript' });
      createReadStream(file).pipe(response);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { panel: `${address}/panel`, plain: `${address}/plain`, sizes, close: () => server.close() };
}

async function buildPage(): Promise<Site['sizes']> {
  const { webviewTarget } = (await import(pathToFileURL(join(process.cwd(), 'scripts/build/webview.mjs')).href)) as {
    webviewTarget: (shared: BuildOptions) => BuildOptions;
  };
  const { metafile } = await build({
    metafile: true,
    ...webviewTarget({
      bundle: true,
      minify: true,
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'warning',
    }),
    absWorkingDir: process.cwd(),
    outdir: BUNDLE,
  });
  const files = Object.entries(metafile?.outputs ?? {}).filter(([name]) => !/print\.js$|absent-/.test(name));
  return files
    .map(([name, { bytes }]) => ({ name: basename(name).replace(/-[A-Z0-9]{8}(?=\.)/, ''), bytes }))
    .sort((a, b) => b.bytes - a.bytes);
}

function panelAt(address: string): string {
  const html = pageHtml({
    cspSource: new URL(address).origin,
    nonce: 'bm9uY2Utb2YtdGhlLWJlbmNo',
    script: `${address}/main.js`,
    style: `${address}/style.css`,
    language: 'en',
    strings: pageStrings(),
  });
  return html.replace('<head>', '<head><link rel="icon" href="data:,">').replace('<body', '<body class="vscode-light"');
}

const PLAIN = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>mermaid</title>
<link rel="icon" href="data:,"></head><body style="font: 13px sans-serif"><div id="stage"></div>
<script type="module">
  import mermaid from '/mermaid/mermaid.esm.min.mjs';
  window.mermaid = mermaid;
</script></body></html>`;
