import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/root.mjs';

/** CSS variables and body class as VS Code gives them to a webview. */
export interface Theme {
  readonly bodyClass: string;
  readonly colours: Readonly<Record<string, string>>;
}

export type ThemeName = 'dark' | 'light' | 'hc-black' | 'hc-light';

export function themes(): Readonly<Record<ThemeName, Theme>> {
  return JSON.parse(readFileSync(join(root, 'test/webview/themes.json'), 'utf8')) as Record<ThemeName, Theme>;
}

/** Gives the page another theme, as VS Code does while it stands. */
export async function turnTo(page: Page, { bodyClass, colours }: Theme): Promise<void> {
  await page.evaluate(`(() => {
    document.body.className = ${JSON.stringify(bodyClass)};
    for (const [name, value] of Object.entries(${JSON.stringify(colours)})) {
      document.documentElement.style.setProperty(name, value);
    }
  })()`);
}
