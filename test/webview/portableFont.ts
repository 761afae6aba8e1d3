import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/root.mjs';

/**
 * A font that is the same on every machine: KaTeX's, which comes with mermaid. `geometricPrecision` makes its letters as
 * wide as it says, whatever the machine does to fit them to pixels.
 */
export const portableFont = {
  colours: { '--vscode-font-family': 'Portable', '--vscode-editor-font-family': 'Portable' },
  before: `
    for (const [weight, data] of ${JSON.stringify([
      ['400', fontData('Regular')],
      ['500 900', fontData('Bold')],
    ])}) {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      document.fonts.add(new FontFace('Portable', bytes, { weight }));
    }
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.textRendering = 'geometricPrecision';
    });`,
};

function fontData(cut: 'Regular' | 'Bold'): string {
  const ofMermaid = createRequire(createRequire(join(root, 'package.json')).resolve('mermaid'));
  return readFileSync(ofMermaid.resolve(`katex/dist/fonts/KaTeX_SansSerif-${cut}.woff2`), 'base64');
}
