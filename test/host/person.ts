import * as vscode from 'vscode';
import { replaceInApi } from './editorApi';

export interface Question {
  readonly title: string | undefined;
  readonly placeHolder: string | undefined;
  /** `label — description`, without icons; separators too. */
  readonly items: readonly string[];
  readonly details: readonly (string | undefined)[];
}

export interface Message {
  readonly text: string;
  readonly detail: string | undefined;
  readonly modal: boolean;
  readonly buttons: readonly string[];
}

export interface Opened {
  readonly path: string;
  readonly options: unknown;
}

/**
 * Sits before the window in place of a person, since nobody answers in a test run: quick picks, messages, the folder
 * dialog and the opening of folders. Everything asked, said and opened is kept.
 */
export class Person {
  readonly #restores: (() => void)[] = [];
  #answers: (string | undefined)[] = [];
  #last: string | undefined;
  #button: string | undefined;
  #buttons: string[] = [];
  #folder: string | undefined;
  #many: readonly string[] | undefined;
  #typed: (string | undefined)[] = [];

  questions: Question[] = [];
  messages: Message[] = [];
  opened: Opened[] = [];
  commands: string[] = [];

  constructor() {
    this.#replace('window', 'showQuickPick', (items: unknown, options?: vscode.QuickPickOptions) =>
      this.#pick(items, options),
    );
    this.#replace('window', 'showInputBox', async (options?: vscode.InputBoxOptions) => this.#type(options));
    for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'])
      this.#replace('window', name, async (text: string, ...rest: unknown[]) => this.#message(text, rest));
    this.#replace('window', 'showOpenDialog', async () =>
      this.#folder === undefined ? undefined : [vscode.Uri.file(this.#folder)],
    );
    const execute = vscode.commands.executeCommand;
    this.#replace('commands', 'executeCommand', async (command: string, ...args: unknown[]) => {
      this.commands.push(command);
      if (command === 'vscode.openFolder') {
        const [uri, options] = args;
        this.opened.push({ path: uri instanceof vscode.Uri ? uri.fsPath : String(uri), options });
        return undefined;
      }
      if (command === 'workbench.trust.manage') return undefined;
      return execute.call(vscode.commands, command, ...args);
    });
  }

  /** Answers to the next quick picks, by the start of a label; the last answers all others. Undefined dismisses. */
  chooses(...answers: readonly (string | undefined)[]): void {
    this.#answers = [...answers];
    this.#last = undefined;
  }

  /** The button that is pressed wherever it is offered. */
  presses(button: string): void {
    this.#button = button;
  }

  /** The buttons that are pressed one after the other, each where it is offered first. */
  pressesInTurn(...buttons: readonly string[]): void {
    this.#buttons = [...buttons];
  }

  /** What is ticked in quick picks with check boxes, by label; undefined dismisses them. */
  choosesMany(labels: readonly string[] | undefined): void {
    this.#many = labels;
  }

  /** Answers to the next input boxes; then they are dismissed. */
  types(...answers: readonly (string | undefined)[]): void {
    this.#typed = [...answers];
  }

  choosesFolder(path: string): void {
    this.#folder = path;
  }

  /** What was asked, said and opened so far. */
  forgets(): void {
    this.questions = [];
    this.messages = [];
    this.opened = [];
    this.commands = [];
    this.#button = undefined;
    this.chooses('Open in a New Window');
  }

  /** Gives what takes it back. */
  distrusts(): () => void {
    return this.#replace('workspace', 'isTrusted', false);
  }

  leaves(): void {
    for (const restore of this.#restores.splice(0).reverse()) restore();
  }

  async #pick(given: unknown, options: vscode.QuickPickOptions | undefined): Promise<unknown> {
    const items = (await given) as readonly vscode.QuickPickItem[];
    const plain = (label: string) => label.replace(/^\$\([\w-]+\) /, '');
    this.questions.push({
      title: options?.title,
      placeHolder: options?.placeHolder,
      items: items.map(({ label, description }) => [plain(label), ...(description ? [description] : [])].join(' — ')),
      details: items.map(({ detail }) => detail),
    });
    if (options?.canPickMany === true)
      return this.#many && items.filter(({ label }) => this.#many?.includes(plain(label)));
    const answer = this.#answers.length > 0 ? this.#answers.shift() : this.#last;
    this.#last = answer;
    const choosable = items.filter(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
    const found = choosable.find(({ label }) => answer !== undefined && plain(label).startsWith(answer));
    if (answer === undefined || found !== undefined) return found;
    // The answer was meant for a later question: what is likely is taken.
    this.#answers.unshift(answer);
    return choosable[0];
  }

  #type(options: vscode.InputBoxOptions | undefined): string | undefined {
    this.questions.push({
      title: options?.title,
      placeHolder: options?.placeHolder ?? options?.prompt,
      items: options?.value === undefined ? [] : [options.value],
      details: [],
    });
    return this.#typed.shift();
  }

  #message(text: string, rest: readonly unknown[]): unknown {
    const options = rest.find((item) => isObject(item) && !('title' in item)) as vscode.MessageOptions | undefined;
    const buttons = rest.filter((item) => typeof item === 'string');
    this.messages.push({ text, detail: options?.detail, modal: options?.modal === true, buttons });
    const [next] = this.#buttons;
    if (next !== undefined && buttons.includes(next)) return this.#buttons.shift();
    return buttons.find((button) => button === this.#button);
  }

  #replace(part: 'window' | 'commands' | 'workspace', name: string, value: unknown): () => void {
    const restore = replaceInApi(part, name, value);
    this.#restores.push(restore);
    return restore;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
