import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import type { Flowchart } from '../../core/flowchart/flowchart';

/** What the page draws: see `webview-ui/print.ts`. */
export interface PrintJob {
  readonly chart: Flowchart;
  readonly ground: 'white' | 'transparent';
}

export interface PageServer {
  readonly address: string;
  /** The document that the page has sent; rejects with what the page said went wrong. */
  readonly picture: Promise<string>;
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };
/** Bytes that a page may send. */
const LARGEST = 200_000_000;

/**
 * Serves the page that draws a job, to this machine alone and under a name that nobody can guess, and takes what it
 * sends back. `bundle` is the folder of the built page.
 */
export async function servePage(bundle: string, job: PrintJob): Promise<PageServer> {
  const secret = `/${randomBytes(24).toString('hex')}/`;
  let settle: { readonly done: (svg: string) => void; readonly fail: (error: Error) => void } | undefined;
  const picture = new Promise<string>((done, fail) => {
    settle = { done, fail };
  });
  picture.catch(() => undefined);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (!path.startsWith(secret)) return end(response, 404);
    const rest = path.slice(secret.length);
    if (request.method === 'POST') {
      const body = await bodyOf(request);
      if (rest === 'picture') settle?.done(body);
      else settle?.fail(new Error(body));
      return end(response, 204);
    }
    if (rest === '') return end(response, 200, 'text/html; charset=utf-8', html(job));
    const file = normalize(join(bundle, rest));
    const type = TYPES[extname(file)];
    const content =
      file.startsWith(bundle + sep) && type !== undefined ? await readFile(file).catch(() => undefined) : undefined;
    return content === undefined ? end(response, 404) : end(response, 200, type, content);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => end(response, 500));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${secret}`,
    picture,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function end(response: ServerResponse, status: number, type = 'text/plain', content: string | Buffer = ''): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The page may load what comes with it, and talk to where it came from. */
function html(job: PrintJob): string {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Phasewise</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
<style>:root { --vscode-font-family: system-ui, -apple-system, "Segoe UI", Ubuntu, sans-serif; --vscode-font-size: 13px; }</style>
<script type="application/json" id="chart">${JSON.stringify(job).replaceAll('<', '\\u003c')}</script>
<script type="module" src="print.js"></script>
</head>
<body></body>
</html>`;
}
