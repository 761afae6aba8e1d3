import type { Field, Operations, Phase, PhaseWorkspace, Reference, Status, Verification } from '../../model';
import { NO_OPERATIONS, orNothing } from '../empty';
import { isLetterAt } from '../letters';
import { parseBoolean } from '../values';
import { blockersInStatus } from './beadBlockers';
import type { PhaseDraft, Value } from './drafts';
import { idPlace, type Making, makeApprovals, placed, titleOfDraft } from './making';
import { markedStatus, writtenStatus } from './statuses';
import { referencesByTitle } from './titles';
import { locationOf, nameOf, referencesOf, splitList, textOf, textsOf, verificationOf } from './values';

export function makePhase(draft: PhaseDraft, making: Making): Phase {
  const { fields } = draft;
  const texts = (name: string) => textsOf(fields.get(name), making);
  const objective = texts('objective');
  const purpose = objective.length > 0 ? objective : textsOf(draft.prose.slice(0, 1), making);
  return {
    kind: 'phase',
    id: making.idOf(draft),
    idAt: idPlace(draft, making),
    title: titleOfDraft(draft, making),
    location: placed(draft, making),
    head: placed(draft.head, making),
    dependsOn: dependenciesOf(draft, making),
    objective: purpose,
    constraints: texts('constraints'),
    outOfScope: texts('outOfScope'),
    doneMeans: texts('doneMeans'),
    interfaces: texts('interfaces'),
    prerequisites: texts('prerequisites'),
    verification: verificationsOf(draft, making),
    operations: operationsOf(draft, making),
    risks: texts('risks'),
    workspace: workspaceOf(draft, making),
    approvals: makeApprovals(fields.get('approvals'), making),
    status: phaseStatusOf(draft, making),
  };
}

const ALL_BEFORE = /^\s*(?:all|every)\s+(?:the\s+|of\s+the\s+)?(?:previous|prior|earlier|preceding|above|other)/i;
const ONE_BEFORE = /^\s*(?:the\s+)?(?:previous|prior|preceding)\s+(?:phase|stage)/i;

function begins(text: string, words: RegExp): boolean {
  const found = words.exec(text)?.[0];
  return found !== undefined && !isLetterAt(text, found.length);
}

/** `Prerequisites: Phase 1 complete` */
function phasesBefore({ fields }: PhaseDraft): readonly Value[] | undefined {
  const values = fields.get('prerequisites')?.filter(({ run }) => IS_PHASE.test(run.text.slice(0, 40)));
  return values?.length === 0 ? undefined : values;
}

const IS_PHASE = /^[^\p{L}]*(?:completion of )?(?:all of )?(?:phases?|stages?|milestones?|gates?)\s+[\p{L}\d]/iu;

function dependenciesOf(draft: PhaseDraft, making: Making): readonly Reference[] {
  const values = draft.fields.get('dependsOn') ?? blockersInStatus(draft) ?? phasesBefore(draft);
  if (values === undefined) return orNothing([]);
  const references = values.flatMap((value): readonly Reference[] => {
    const all = begins(value.run.text, ALL_BEFORE);
    if (!all && !begins(value.run.text, ONE_BEFORE)) {
      const written = referencesOf([value], making);
      if (written.length > 0) return written;
      return referencesByTitle(value, 'phase', (title) => making.phaseCalled(title, draft), making);
    }
    const before = making.phasesBefore(draft);
    const location = locationOf(value, making);
    return (all ? before : before.slice(-1)).map((id) => ({ ...location, value: id, kind: 'phase' }));
  });
  return orNothing(references);
}

function verificationsOf({ fields }: PhaseDraft, making: Making): readonly Verification[] {
  const all = [
    ...(fields.get('verification') ?? []).map((value) => verificationOf(value, making)),
    ...(fields.get('verification.command') ?? []).map((value) => verificationOf(value, making, true)),
    ...(fields.get('verification.manual') ?? []).map((value) => verificationOf(value, making)),
  ].filter((each) => each !== undefined);
  return orNothing(all.sort((a, b) => a.start - b.start));
}

function operationsOf({ fields }: PhaseDraft, making: Making): Operations {
  if (![...fields.keys()].some((name) => OPERATIONS.test(name))) return NO_OPERATIONS;
  const texts = (...names: readonly string[]) =>
    textsOf(
      names.flatMap((name) => fields.get(name) ?? []),
      making,
    );
  const operations = {
    git: texts('operations.git', 'git'),
    migrations: texts('operations.migrations', 'migrations'),
    tophatting: texts('operations.tophatting', 'tophatting'),
    gates: texts('operations.gates', 'organisationGates'),
    notes: texts('operations', 'operations.notes'),
  };
  return Object.values(operations).some((list) => list.length > 0) ? operations : NO_OPERATIONS;
}

const OPERATIONS = /^(?:operations|git|migrations|tophatting|organisationGates)(?:\.|$)/;

function workspaceOf({ fields }: PhaseDraft, making: Making): PhaseWorkspace | undefined {
  const values = (...names: readonly string[]) => names.flatMap((name) => fields.get(name) ?? []);
  const paths = values('workspace', 'workspace.paths', 'paths')
    .flatMap(splitList)
    .map((path) => nameOf(path, making));
  const [branch] = values('workspace.branch', 'branch').map((value) => nameOf(value, making));
  const [sparseValue] = values('workspace.sparse', 'sparse').map((value) => textOf(value, making));
  const isSparse = sparseValue === undefined ? undefined : parseBoolean(sparseValue.value);
  if (paths.length === 0 && branch === undefined && isSparse === undefined) return undefined;
  return {
    paths: orNothing(paths),
    branch,
    sparse: sparseValue === undefined || isSparse === undefined ? undefined : { ...sparseValue, value: isSparse },
  };
}

function phaseStatusOf(draft: PhaseDraft, making: Making): Field<Status> | undefined {
  const written = writtenStatus(draft, making) ?? markedStatus(draft, making);
  return written === undefined ? undefined : { ...written.at, value: written.status };
}
