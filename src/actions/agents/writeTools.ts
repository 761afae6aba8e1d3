import * as vscode from 'vscode';
import { isExport } from '../../core/notation/export';
import type { PlanIndex } from '../../planIndex';
import type { Services } from '../../services';
import type { Actions } from '../actions';
import { listOf, type Tool, type ToolInput, wordsOf } from './tools';

/** Loaded with the first call. */
const writing = () => import('./writeForTools');

/** Tools that write into plans. VS Code asks the person before each of them runs. */
export function writeTools({ index }: Services, load: () => Promise<Actions>): readonly Tool[] {
  const { l10n } = vscode;
  return [
    {
      name: 'plan_claim',
      doing: (input) => l10n.t('Claiming {0}', beadWords(input)),
      confirm: (input) => ({
        title: l10n.t('Claim {0}?', beadWords(input)),
        message: isTracked(index, input)
          ? l10n.t('Has bd, the command of Beads, claim {0}{1}.', beadWords(input), asWords(input))
          : l10n.t('Writes status and owner of {0} into the plan{1}.', beadWords(input), asWords(input)),
      }),
      run: async (input) => (await writing()).claimForTool(await load(), input),
    },
    {
      name: 'plan_close',
      doing: (input) => l10n.t('Closing {0}', beadWords(input)),
      confirm: (input) => ({
        title: l10n.t('Close {0}?', beadWords(input)),
        message: closeMessage(input),
      }),
      run: async (input) => (await writing()).closeForTool(await load(), input),
    },
    {
      name: 'plan_gate',
      doing: (input) => l10n.t('Looking at Gate {0}', wordsOf(input, 'gate') ?? ''),
      confirm: (input) => gateConfirmation(input),
      run: async (input) => (await writing()).gateForTool(await load(), input),
    },
  ];
}

/** Whether the bead stands in an export, which its tracker writes. */
function isTracked(index: PlanIndex, input: ToolInput): boolean {
  const bead = index.plans().flatMap(({ plan }) => plan.find(wordsOf(input, 'bead') ?? '', 'bead') ?? []);
  return bead.length > 0 && bead.every(({ head }) => isExport(head.file));
}

// ── what the person is asked ────────────────────────────────────────────────────────────────────────────────────────

function beadWords(input: ToolInput): string {
  return wordsOf(input, 'bead') ?? vscode.l10n.t('a bead');
}

function asWords(input: ToolInput): string {
  const name = wordsOf(input, 'as');
  return name === undefined ? '' : vscode.l10n.t(', as {0}', name);
}

function closeMessage(input: ToolInput): string {
  const evidence = listOf(input, 'evidence').join('; ');
  const override = wordsOf(input, 'override');
  const message = vscode.l10n.t('Closes {0} in the plan with this evidence: {1}', beadWords(input), evidence);
  return override === undefined
    ? message
    : `${message}\n\n${vscode.l10n.t('It is closed although something that blocks it is open: {0}', override)}`;
}

/** A proposal writes nothing, and asks nothing. */
function gateConfirmation(input: ToolInput): { readonly title: string; readonly message: string } | undefined {
  const verdict = wordsOf(input, 'verdict');
  if (verdict === undefined) return undefined;
  const id = wordsOf(input, 'gate') ?? '';
  const measured = listOf(input, 'measured').join(', ');
  return {
    title: vscode.l10n.t('Decide Gate {0}: {1}?', id, verdict),
    message: vscode.l10n.t('Records the verdict “{0}” for Gate {1}. Measured: {2}', verdict, id, measured),
  };
}
