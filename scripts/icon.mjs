/** Draws media/icon.png from media/source/icon.svg: `node scripts/icon.mjs`, after a change to the drawing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { launchBrowser } from './vscode/browser.mjs';

const drawing = readFileSync(join(root, 'media/source/icon.svg'), 'utf8');
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0; } svg { display: block; }</style>${drawing}`);
await page.screenshot({ path: join(root, 'media/icon.png'), omitBackground: true });
await browser.close();
