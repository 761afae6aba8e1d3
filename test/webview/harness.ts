import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { pageHtml } from '../../src/graph/page';
import { pageStrings } from '../../src/graph/strings';

const bundle = join(root, 'dist/webview');
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

export interface PanelOptions {
  /** What the page kept from an earlier life. */
  readonly state?: unknown;
  /** Classes of the body, as VS Code sets them: `vscode-dark`, `vscode-light`, `vscode-high-contrast` … */
  readonly bodyClass?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** Hears what the page posts, as it comes. */
  readonly onMessage?: (message: unknown) => void;
  readonly reducedMotion?: boolean;
  /** CSS variables, as VS Code sets them: `--vscode-editor-background` … */
  readonly colours?: Readonly<Record<string, string>>;
  /** Runs in the page before its own scripts. */
  readonly before?: string;
}

/** The page of the graph panel in a browser; only VS Code's side of the message channel is a stand-in. */
export interface Panel {
  readonly page: Page;
  /** What the page has posted to the extension so far, oldest first. */
  readonly messages: readonly unknown[];
  /** Violations of the Content Security Policy, uncaught errors and errors on the console. */
  readonly complaints: readonly string[];
  /** Every file that the page has asked for. */
  readonly requests: readonly string[];
  /** Posts a message as the extension does. */
  send(message: unknown): Promise<void>;
  /** What the page kept with `setState`. */
  state(): Promise<unknown>;
}

/** As `expect`, of something that comes to be so; patient with a busy machine. */
export function eventually<T>(look: () => T | Promise<T>, message?: string) {
  return expect.poll(look, { timeout: 20_000, ...(message !== undefined && { message }) });
}

/** Opens the built bundle under the Content Security Policy of the product; it closes at the end of the test. */
export async function openPanel(options: PanelOptions = {}): Promise<Panel> {
  if (!existsSync(join(bundle, 'main.js'))) throw new Error('dist/webview is not built: run npm run build');
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(path);
    const file = join(bundle, path);
    if (path === '/') {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      response.writeHead(200, { 'content-type': 'text/html' }).end(pageAt(address, options));
    } else if (existsSync(file)) {
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
      createReadStream(file).pipe(response);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  browser ??= launchBrowser();
  const context = await (await browser).newContext({
    viewport: options.size ?? { width: 900, height: 700 },
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
  });
  onTestFinished(async () => {
    await context.close();
    server.close();
  });

  const messages: unknown[] = [];
  const complaints: string[] = [];
  const page = await context.newPage();
  await page.exposeFunction('phasewisePosted', (message: unknown) => {
    messages.push(message);
    options.onMessage?.(message);
  });
  await page.exposeFunction('phasewiseViolation', (text: string) => complaints.push(`policy: ${text}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  await page.addInitScript(vsCodeApi(options.state));
  if (options.before !== undefined) await page.addInitScript(options.before);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    messages,
    complaints,
    requests,
    send: (message) => page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`),
    state: () => page.evaluate('window.phasewiseState'),
  };
}

function vsCodeApi(state: unknown): string {
  return `
    window.phasewiseState = ${JSON.stringify(state) ?? 'undefined'};
    window.acquireVsCodeApi = () => {
      window.acquireVsCodeApi = () => { throw new Error('An instance of the VS Code API has already been acquired'); };
      return {
        postMessage: (message) => { window.phasewisePosted(message); },
        getState: () => window.phasewiseState,
        setState: (state) => { window.phasewiseState = state; return state; },
      };
    };
    document.addEventListener('securitypolicyviolation', (event) => {
      window.phasewiseViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile);
    });`;
}

/** The product's own page, with what VS Code adds to it: the theme's class and colours. */
function pageAt(origin: string, options: PanelOptions): string {
  const html = pageHtml({
    cspSource: origin,
    nonce: 'bm9uY2Utb2YtdGhlLXRlc3Q',
    script: `${origin}/main.js`,
    style: `${origin}/style.css`,
    language: 'en',
    strings: pageStrings(),
  });
  const colours = Object.entries(options.colours ?? {}).map(([name, value]) => `${name}: ${value};`);
  return html
    .replace('<html', `<html style="${colours.join(' ').replaceAll('"', '&quot;')}"`)
    .replace('<head>', '<head><link rel="icon" href="data:,">')
    .replace('<body', `<body class="${options.bodyClass ?? 'vscode-light'}"`);
}
