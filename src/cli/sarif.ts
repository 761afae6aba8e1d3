import { version } from '../../package.json';
import type { Diagnostic, Severity } from '../core/model';
import { RULE_IDS, RULES, type Rule } from '../core/rules/table';
import type { PositionOf } from '../core/show';
import type { Location } from '../core/text';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/**
 * Diagnostics as SARIF 2.1.0 (OASIS), which code scanning and editors take: files by their path from the current folder,
 * lines and columns from 1, columns in UTF-16 units.
 */
export function sarif(diagnostics: readonly Diagnostic[], positionOf: PositionOf) {
  const ids: readonly string[] = RULE_IDS;
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Phasewise', version, semanticVersion: version, rules: RULE_IDS.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          ruleIndex: ids.indexOf(diagnostic.code),
          level: LEVELS[diagnostic.severity],
          message: { text: diagnostic.message },
          locations: [{ physicalLocation: placeOf(diagnostic.location, positionOf) }],
          ...(diagnostic.related === undefined
            ? {}
            : {
                relatedLocations: diagnostic.related.map(({ location, message }, index) => ({
                  id: index + 1,
                  message: { text: message },
                  physicalLocation: placeOf(location, positionOf),
                })),
              }),
        })),
      },
    ],
  };
}

function ruleOf(id: (typeof RULE_IDS)[number]) {
  const { family, severity, reports, why, fix, example, notation }: Rule = RULES[id];
  const advice = fix === undefined ? '' : ` Fix: ${fix}`;
  return {
    id,
    shortDescription: { text: reports },
    fullDescription: { text: why },
    help: {
      text: `${reports} ${why}${advice}`,
      markdown: `${reports}\n\n${why}${advice}\n\n\`\`\`${notation ?? 'markdown'}\n${example.trimEnd()}\n\`\`\``,
    },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [family.toLowerCase()] },
  };
}

function placeOf({ file, start, end }: Location, positionOf: PositionOf) {
  const [from, to] = [positionOf(file, start), positionOf(file, end)];
  return {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
    region: {
      startLine: from.line + 1,
      startColumn: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
    },
  };
}
