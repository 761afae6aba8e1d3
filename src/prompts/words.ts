import * as vscode from 'vscode';
import type { MissingField, Prompt } from '../core/prompt/prompt';
import { thingOf } from '../core/thingRef';
import { nameOf } from '../planWords';
import type { PromptRef } from '../promptRef';
import type { Services } from '../services';

/** `Phase J`, `ft-0001.7`, `Gate G1`; the title where the plan gives no id. */
export function nameOfPrompt({ index }: Pick<Services, 'index'>, ref: PromptRef): string {
  const plan = index.planByKey(ref.plan)?.plan;
  const thing = plan && thingOf(plan, ref);
  const hasOwnId = thing === undefined || thing.idAt !== undefined || thing.title.value === '';
  return hasOwnId ? nameOf(ref) : vscode.l10n.t('“{0}”', thing.title.value);
}

/** `5,210 characters, about 1,300 tokens`. */
export function sizeOf({ characters, tokens }: Prompt): string {
  return vscode.l10n.t('{0} characters, about {1} tokens', number(characters), number(roughly(tokens)));
}

/** `no objective and no verification`; empty when nothing is missing. */
export function missingOf({ missing }: Prompt): string {
  const list = new Intl.ListFormat(vscode.env.language, { type: 'conjunction' });
  return list.format(missing.map(missingWord));
}

function missingWord(field: MissingField): string {
  switch (field) {
    case 'objective':
      return vscode.l10n.t('no objective');
    case 'constraints':
      return vscode.l10n.t('no constraints');
    case 'interfaces':
      return vscode.l10n.t('no interfaces');
    case 'prerequisites':
      return vscode.l10n.t('no prerequisites');
    case 'verification':
      return vscode.l10n.t('no verification');
    case 'beads':
      return vscode.l10n.t('no beads');
    case 'doneWhen':
      return vscode.l10n.t('no done-when for some of the work');
    case 'criteria':
      return vscode.l10n.t('no criteria for a gate');
  }
}

/** Two figures are all that an estimate can promise. */
function roughly(count: number): number {
  return count < 100 ? count : Number(count.toPrecision(2));
}

function number(value: number): string {
  return new Intl.NumberFormat(vscode.env.language).format(value);
}
