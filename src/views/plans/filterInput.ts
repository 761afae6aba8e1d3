import * as vscode from 'vscode';
import { beadIcons, gateIcons, themeIcon } from '../../planIcons';
import { beadStateWord } from '../../planWords';
import { type Filter, type FilterState, filterStates, isEmpty } from './filter';

interface StateItem extends vscode.QuickPickItem {
  readonly state: FilterState;
}

/**
 * Asks for words and states in one box, and shows the result behind it while the user types. Calls `show` with what
 * stands in the box, in the end with what was chosen or, when the user gave up, with what held before.
 */
export function askForFilter(before: Filter | undefined, show: (filter: Filter | undefined) => void): void {
  const pick = vscode.window.createQuickPick<StateItem>();
  pick.title = vscode.l10n.t('Filter Plans');
  pick.placeholder = vscode.l10n.t('Type words to look for, check the states to show');
  pick.canSelectMany = true;
  pick.items = filterStates.map(stateItem);
  pick.value = before?.text ?? '';
  pick.selectedItems = pick.items.filter(({ state }) => before?.states.includes(state));

  let accepted = false;
  const current = (): Filter | undefined => {
    const filter = { text: pick.value.trim(), states: pick.selectedItems.map(({ state }) => state) };
    return isEmpty(filter) ? undefined : filter;
  };
  pick.onDidChangeValue(() => show(current()));
  pick.onDidChangeSelection(() => show(current()));
  pick.onDidAccept(() => {
    accepted = true;
    show(current());
    pick.hide();
  });
  pick.onDidHide(() => {
    if (!accepted) show(before);
    pick.dispose();
  });
  pick.show();
}

/** `“token”, ready or in progress`, for the line above the tree. */
export function filterText({ text, states }: Filter): string {
  const words = states.map((state) => stateWord(state).toLocaleLowerCase());
  const or = new Intl.ListFormat(vscode.env.language, { type: 'disjunction' }).format(words);
  if (text === '') return or;
  const quoted = vscode.l10n.t('“{0}”', text);
  return words.length === 0 ? quoted : vscode.l10n.t('{0}, {1}', quoted, or);
}

function stateItem(state: FilterState): StateItem {
  const icon = state === 'due' ? gateIcons.due : beadIcons[state];
  return { state, label: stateWord(state), iconPath: themeIcon(icon), alwaysShow: true };
}

function stateWord(state: FilterState): string {
  return state === 'due' ? vscode.l10n.t('Gate due') : beadStateWord(state);
}
