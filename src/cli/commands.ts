import { approve, start } from './approvalActions';
import * as beads from './beadActions';
import type { CommandName } from './commandTable';
import type { Answer, Context } from './context';
import { gate } from './gateCommand';
import { graph } from './graphCommand';
import { handoff } from './handoff';
import { critique, log, readiness } from './logActions';
import * as read from './readCommands';
import { scenario } from './scenarioCommand';
import { verifyThing } from './verifyCommand';

export type PlanCommand = Exclude<CommandName, 'mcp' | 'init-agents'>;

/** Every command that answers from plans. Throws `Refused`, `WriteRefusal` or `UsageError`. */
export const commands: Readonly<Record<PlanCommand, (context: Context) => Promise<Answer>>> = {
  show: read.show,
  check: read.findings,
  prompt: read.prompt,
  graph,
  ready: read.ready,
  claim: beads.claim,
  release: beads.release,
  reopen: beads.reopen,
  defer: beads.defer,
  close: beads.close,
  verify: verifyThing,
  gate,
  scenario,
  approve,
  start,
  handoff,
  log,
  critique,
  readiness,
};
