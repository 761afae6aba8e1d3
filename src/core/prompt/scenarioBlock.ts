import type { Scenario } from '../model';
import { blocks, field, indent, numbered } from './markdown';
import { values } from './texts';
import { headingOf } from './words';

/** A failure scenario under a heading of its own: how it shows, and what to try in which order. */
export function scenarioBlock(scenario: Scenario): string {
  const recovery = numbered(values(scenario.recovery));
  return blocks(
    `### ${headingOf(scenario)}`,
    [
      field('Detection', values(scenario.detection)) || `- **Detection:** ${NO_DETECTION}`,
      recovery === '' ? `- **Recovery:** ${NO_RECOVERY}` : `- **Recovery:**\n${indent(recovery, 2)}`,
    ].join('\n'),
  );
}

const NO_DETECTION = 'the plan does not say how this shows. Propose a signal that you can check, and watch for it.';
const NO_RECOVERY = 'the plan names no way out. If this happens, stop and report what you saw.';
