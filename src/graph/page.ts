import type { PageStrings } from '../protocol';

export interface PageParts {
  /** What the webview may load from; `webview.cspSource`. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
  readonly strings: PageStrings;
}

/**
 * Scripts only with the nonce (which passes on to the modules that they load), styles from the bundle and inline, as
 * mermaid and the toolkit write them. Pictures as data: the PNG is made of one.
 */
export function contentSecurityPolicy(cspSource: string, nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'unsafe-inline'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
  ].join('; ');
}

/** The document of the graph panel. Everything visible is made by its script. */
export function pageHtml({ cspSource, nonce, script, style, language, strings }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy(cspSource, nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phasewise</title>
<link rel="stylesheet" href="${attribute(style)}">
<script type="application/json" id="strings">${JSON.stringify(strings).replaceAll('<', '\\u003c')}</script>
<script type="module" nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</head>
<body data-vscode-context='{"webviewSection":"canvas","preventDefaultContextMenuItems":true}'></body>
</html>`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
