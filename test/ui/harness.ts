import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, inject, onTestFinished } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { pageAddress, writeUserSettings } from '../../scripts/vscode/server.mjs';

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

export interface WorkbenchOptions {
  /** User settings. The server is shared: they hold for this window because journeys run one after the other. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the extension is loaded from this checkout, as F5 does; true unless said otherwise. */
  readonly development?: boolean;
  /** A server of the journey's own, in place of the shared one. */
  readonly server?: { readonly port: number; readonly data: string };
  readonly size?: { readonly width: number; readonly height: number };
  /** How many picture points a pixel has; 2 for sharp pictures. */
  readonly scale?: number;
  /** For a window that is opened in `beforeAll`: it stays until `close()`, not until the end of a test. */
  readonly keep?: boolean;
}

/** Opens a folder or a `.code-workspace` file in a new window; at the end of the test it closes by itself. */
export async function openWorkbench(open: string | undefined, options: WorkbenchOptions = {}): Promise<Workbench> {
  const server = options.server ?? inject('server');
  writeUserSettings(server.data, options.settings ?? {});
  browser ??= launchBrowser();
  const context = await (await browser).newContext({
    viewport: options.size ?? { width: 1280, height: 800 },
    deviceScaleFactor: options.scale ?? 1,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // The address says that automation is on, and then the workbench calls these two.
  await context.exposeFunction('codeAutomationLog', () => {});
  await context.exposeFunction('codeAutomationExit', () => {});
  const page = await context.newPage();
  const workbench = new Workbench(context, page);
  if (options.keep !== true) {
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') await workbench.screenshot(`failed ${task.name}`);
      await workbench.close();
    });
  }
  const development = options.development ?? true;
  await page.goto(pageAddress(server.port, { open, extension: development ? root : undefined }));
  await page.locator('.part.activitybar').waitFor();
  if (open?.endsWith('.code-workspace')) await withFolders(page);
  return workbench;
}

/** Now and then VS Code opens a workspace file that it sees for the first time without any of its folders. */
async function withFolders(page: Page): Promise<void> {
  const folder = page.locator('.explorer-folders-view').getByRole('treeitem').first();
  for (let triesLeft = 3; triesLeft > 0; triesLeft--) {
    try {
      await folder.waitFor({ timeout: 10_000 });
      return;
    } catch {
      await page.reload();
      await page.locator('.part.activitybar').waitFor();
    }
  }
}

/** A window of VS Code, by what a person sees and does in it. Locators wait by themselves until what they name is there. */
export class Workbench {
  readonly context: BrowserContext;
  readonly page: Page;

  constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  close(): Promise<void> {
    return this.context.close();
  }

  /** The side bar with the views of one container open in it. */
  async sidebar(container = 'Phasewise'): Promise<Locator> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: container });
    // A click on the tab of an open container would close the side bar.
    if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
    const sidebar = this.page.locator('.part.sidebar');
    await sidebar.locator('.composite.title h2', { hasText: exactly(container) }).waitFor();
    return sidebar;
  }

  /** One view of the side bar, with its header. */
  view(title: string): Locator {
    const header = this.page.locator('.pane-header .title', { hasText: exactly(title) });
    return this.page.locator('.part.sidebar .pane').filter({ has: header });
  }

  /** A row of a tree by its label, in one view or in the whole side bar. Rows scrolled out of sight do not exist. */
  treeItem(label: string | RegExp, view?: string): Locator {
    const place = view === undefined ? this.page.locator('.part.sidebar') : this.view(view);
    return place.getByRole('treeitem').filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
  }

  /** The labels of the rows in sight, from top to bottom. */
  treeLabels(view: string): Promise<string[]> {
    return this.view(view).getByRole('treeitem').locator('.label-name').allInnerTexts();
  }

  async expand(item: Locator): Promise<void> {
    if ((await item.getAttribute('aria-expanded')) === 'false') await item.locator('.monaco-tl-twistie').click();
  }

  /** Opens the context menu of something and gives the menu. */
  async openContextMenu(target: Locator): Promise<Locator> {
    const menu = this.page.locator('.monaco-menu');
    for (let triesLeft = 2; ; triesLeft--) {
      await target.click({ button: 'right' });
      try {
        await menu.waitFor({ timeout: 5_000 });
        return menu;
      } catch (error) {
        // What is still being drawn closes the menu again.
        if (triesLeft === 0) throw error;
      }
    }
  }

  async contextMenu(target: Locator, label: string): Promise<void> {
    let menu = await this.openContextMenu(target);
    // A window that has just opened learns a little later that it is trusted.
    for (
      let triesLeft = 2;
      triesLeft > 0 && !(await menu.getByRole('menuitem', { name: label }).isVisible());
      triesLeft--
    ) {
      await this.page.keyboard.press('Escape');
      await this.page.waitForTimeout(1_000);
      menu = await this.openContextMenu(target);
    }
    // An immediate click is taken for the end of the right click.
    await menu.getByRole('menuitem', { name: label }).click({ delay: 250 });
  }

  /** An action of a row or a view's title, which shows when the pointer is over it. */
  async inlineAction(target: Locator, label: string): Promise<void> {
    await target.hover();
    await target.getByRole('button', { name: label }).click();
  }

  /** The open quick pick or input box: its field and its options. */
  quickInput(): { readonly input: Locator; readonly options: Locator } {
    const widget = this.page.locator('.quick-input-widget:not([style*="display: none"])');
    return { input: widget.locator('input.input'), options: widget.locator('.quick-input-list .monaco-list-row') };
  }

  /** On a busy machine a list or an editor that takes the focus late closes it again: then it is opened once more. */
  async #openQuickInput(key: string, text: string): Promise<ReturnType<Workbench['quickInput']>> {
    const quickInput = this.quickInput();
    for (let triesLeft = 2; ; triesLeft--) {
      await this.page.keyboard.press(key);
      try {
        await quickInput.input.fill(text, { timeout: 10_000 });
        return quickInput;
      } catch (error) {
        if (triesLeft === 0) throw error;
      }
    }
  }

  /** Picks an option of the open quick pick. */
  async pick(label: string | RegExp): Promise<void> {
    await this.quickInput().options.filter({ hasText: label }).first().click();
  }

  /** Runs a command through the palette, by the title that it has there, with or without its category. */
  async runCommand(title: string): Promise<void> {
    const { options } = await this.#openQuickInput('F1', `>${title}`);
    const label = this.page.locator('.label-name', { hasText: new RegExp(`^([^:]+: )?${escaped(title)}$`) });
    await options.filter({ has: label }).first().click();
  }

  /** Opens a file of the workspace through quick open and gives its editor. */
  async openFile(path: string): Promise<Locator> {
    const { options } = await this.#openQuickInput('ControlOrMeta+P', path);
    await options
      .filter({ hasText: path.split('/').at(-1) ?? path })
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
    const editor = this.editor(path);
    await editor.waitFor();
    return editor;
  }

  /** A text editor by the end of its file's path. */
  editor(path: string): Locator {
    return this.page.locator(`.monaco-editor[data-uri$="/${path}"]`);
  }

  /** Puts the cursor at the start of a line (from 1) of the active editor. */
  async goToLine(line: number): Promise<void> {
    await this.#openQuickInput('Control+G', `:${line}`);
    await this.page.keyboard.press('Enter');
  }

  /** What is inside the webview in sight. */
  webviewFrame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  readClipboard(): Promise<string> {
    return this.page.evaluate('navigator.clipboard.readText()');
  }

  /** The notifications, in the centre: toasts are hidden while tests run. */
  async notifications(): Promise<Locator> {
    const items = this.page.locator('.notifications-center .notification-list-item');
    if (!(await this.page.locator('.notifications-center.visible').isVisible())) {
      await this.page.locator('[id="status.notifications"]').click();
    }
    return items;
  }

  /** An entry of the status bar by a part of its text. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  /** A picture of the window, in `test-results` or the folder that `PHASEWISE_SCREENSHOTS` names. */
  async screenshot(name: string): Promise<string> {
    const folder = process.env.PHASEWISE_SCREENSHOTS ?? join(root, 'test-results');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}

/** A string stands for the whole text, not for a part of it. */
function exactly(text: string | RegExp): RegExp {
  if (text instanceof RegExp) return text;
  return new RegExp(`^\\s*${escaped(text)}\\s*$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
