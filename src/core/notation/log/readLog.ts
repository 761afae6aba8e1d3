import type { PlanLog, PlanPart } from '../../model';
import { NOTHING, orNothing } from '../empty';
import { markdownLog } from './markdownLog';
import { yamlLog } from './yamlLog';

const logs = new WeakMap<PlanPart, PlanLog>();

const NOTHING_LOGGED: PlanLog = {
  prompts: NOTHING,
  critiques: NOTHING,
  readinessPasses: NOTHING,
  progressEntries: NOTHING,
  unrankedInsights: NOTHING,
};

/** Words in any heading or key that a log can begin with. */
const MAY_LOG = /\b(?:prompts?|feedback|critiques?|criticisms?|adversarial|readiness|insights?|progress|log)(?![a-z])/i;

/** What one file logs, read from its text once for each part. Linear; never throws. */
export function logOfPart(part: PlanPart): PlanLog {
  const known = logs.get(part);
  if (known !== undefined) return known;
  const log = part.notation === 'beads' || !MAY_LOG.test(part.text) ? NOTHING_LOGGED : read(part);
  logs.set(part, log);
  return log;
}

function read({ notation, file, text }: PlanPart): PlanLog {
  return notation === 'yaml' ? yamlLog(file, text, 0) : markdownLog(file, text);
}

/** Those of several files, one after the other. */
export function joinLogs(all: readonly PlanLog[]): PlanLog {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  return {
    prompts: orNothing(all.flatMap((log) => log.prompts)),
    critiques: orNothing(all.flatMap((log) => log.critiques)),
    readinessPasses: orNothing(all.flatMap((log) => log.readinessPasses)),
    progressEntries: orNothing(all.flatMap((log) => log.progressEntries)),
    unrankedInsights: orNothing(all.flatMap((log) => log.unrankedInsights)),
  };
}
