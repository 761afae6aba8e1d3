import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { root } from '../../scripts/root.mjs';

const kept = join(root, 'test/webview/pictures');
/** Where pictures that differ are left to be looked at. */
const left = join(root, 'test-results/pictures');

/**
 * Measured on these pictures. What differs between machines and between two years of Chromium, the smoothing of letters
 * and curves, is at most 5 pixels of this difference in any window of 32 × 32. A node that moves by 6 pixels makes 115
 * and more; an edge, a sign or the colour of an outline that is another about 30 in most themes.
 */
const TOLERANCE = { threshold: 0.17, windowSize: 32, pixels: 10 };

/** Shades nearer to each other than this become one: the kept files are a third smaller, and no eye sees it. */
const SHADE = 4;

/** Writes the picture in place of the kept one, or compares the two; what differs is said, and left to be looked at. */
export function differenceFromKept(name: string, screenshot: Buffer): string | undefined {
  const file = join(kept, `${name}.png`);
  if (process.env.PHASEWISE_UPDATE_PICTURES !== undefined) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(file, smallPng(screenshot));
    return undefined;
  }
  const now = join(left, `${name}.now.png`);
  const difference = join(left, `${name}.difference.png`);
  for (const each of [now, difference]) rmSync(each, { force: true });
  const before = existsSync(file) ? readFileSync(file) : undefined;
  const drawn = before && differenceOf(before, screenshot);
  if (before !== undefined && drawn === undefined) return undefined;
  mkdirSync(left, { recursive: true });
  writeFileSync(now, screenshot);
  if (drawn !== undefined) writeFileSync(difference, drawn);
  const found = [now, ...(drawn === undefined ? [] : [difference])].map((each) => relative(root, each)).join(', ');
  return `${name} is another picture than the kept one. Look at ${found}; npm run pictures:graph keeps what there is now.`;
}

/** A picture of where two pictures differ; `undefined` when a person would call them the same. */
export function differenceOf(before: Buffer, after: Buffer): Buffer | undefined {
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(after)];
  const { width, height } = b;
  const drawn = new PNG({ width, height });
  if (a.width !== width || a.height !== height) return after;
  const { pixels, ...options } = TOLERANCE;
  const most = pixelmatch(a.data, b.data, drawn.data, width, height, options);
  return most > pixels ? PNG.sync.write(drawn) : undefined;
}

function smallPng(screenshot: Buffer): Buffer {
  const { width, height, data } = PNG.sync.read(screenshot);
  const rounded = new PNG({ width, height });
  data.forEach((value, at) => {
    rounded.data[at] = at % 4 === 3 ? 255 : Math.min(255, Math.round(value / SHADE) * SHADE);
  });
  // Large plain areas need no filter.
  return PNG.sync.write(rounded, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
}
