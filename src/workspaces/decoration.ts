import * as vscode from 'vscode';
import type { PhaseDecoration } from '../phaseDecorations';
import type { PhaseWorkspace } from './phaseWorkspace';
import type { Standing } from './standing';

/** What the tree shows of a phase's workspace: `plan/golf/J-provision* ↑2 ↓1`, as VS Code shows branches. */
export function decorationOf({ worktree, standing }: PhaseWorkspace): PhaseDecoration {
  const { l10n } = vscode;
  const branch = standing?.branch ?? worktree.branch ?? l10n.t('no branch');
  if (standing === undefined) {
    const gone = worktree.prunable !== undefined;
    return {
      hasWorkspace: true,
      description: branch,
      tooltip: gone
        ? l10n.t('The workspace on {0} was in {1}, which is gone.', branch, worktree.path)
        : l10n.t('Has a workspace on {0}, in {1}.', branch, worktree.path),
    };
  }
  const { uncommitted, ahead, behind } = standing;
  const marks = [ahead > 0 ? `↑${ahead}` : '', behind > 0 ? `↓${behind}` : ''].filter((mark) => mark !== '');
  return {
    hasWorkspace: true,
    folder: worktree.path,
    description: [`${branch}${uncommitted > 0 ? '*' : ''}`, ...marks].join(' '),
    tooltip: [l10n.t('Has a workspace on {0}, in {1}', branch, worktree.path), ...standingWords(standing)].join('; '),
  };
}

function standingWords({ uncommitted, ahead, behind, against }: Standing): readonly string[] {
  const { l10n } = vscode;
  const words = uncommitted === 0 ? [] : [l10n.t('{0} not committed', uncommitted)];
  if (against === undefined || (ahead === 0 && behind === 0)) return words;
  return [...words, l10n.t('{0} ahead of and {1} behind {2}', ahead, behind, against)];
}
