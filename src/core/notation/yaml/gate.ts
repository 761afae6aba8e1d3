import { isMap, isSeq, type Node } from 'yaml';
import type { Criterion, Decision, Gate } from '../../model';
import { orNothing } from '../empty';
import type { FieldName } from '../fields';
import { parseDecision, parseVerdict } from '../values';
import { approvalsIn } from './approvals';
import { idIn, named } from './names';
import type { Entry, YamlValues } from './values';
import { defined, type Fields, type Home, type Written } from './written';

export function gateOf(values: YamlValues, written: Written, fields: Fields<'gate'>, home: Home): Gate {
  const phase = idIn(values, fields.get('phase')?.value) ?? home.phase;
  const decision = decisionIn(values, fields.get('decision')?.value) ?? decisionIn(values, fields.get('status')?.value);
  return {
    kind: 'gate',
    ...named(values, written, fields, home.phase === undefined ? 'gate' : `${home.phase}-gate`),
    type: gateType(values.textOf(fields.get('type')?.value)),
    ...(phase === undefined ? {} : { phase }),
    blockedBy: values.references(fields.get('blockedBy')?.value),
    blocks: values.references(fields.get('blocks')?.value),
    criteria: criteriaOf(values, written, fields),
    ...(decision === undefined ? {} : { decision }),
    approvals: approvalsIn(values, fields.get('approvals')?.value),
  };
}

function gateType(text: string): Gate['type'] {
  if (/^(?:human|people|person|manual|approval|sign)/i.test(text)) return 'human';
  return /^(?:external|vendor|third)/i.test(text) ? 'external' : 'decision';
}

function criteriaOf(values: YamlValues, written: Written, fields: Fields<'gate'>): readonly Criterion[] {
  const cells = (inner: ReadonlyMap<string, Entry>) => {
    const cell = (name: string) => values.prose(inner.get(name)?.value);
    return { criterion: cell('criterion'), pass: cell('pass'), adjust: cell('adjust'), abort: cell('abort') };
  };
  const listed = values.elements(fields.get('criteria')?.value).flatMap((element): readonly Criterion[] => {
    const at = values.placeOf(element);
    if (isMap(element)) return [{ ...at, ...cells(values.fields('criterion', element)) }];
    const criterion = values.prose(element);
    return criterion === '' ? [] : [{ ...at, criterion, pass: '', adjust: '', abort: '' }];
  });
  const own = cells(fields);
  const isOwn = own.criterion !== '' || own.pass !== '' || own.adjust !== '' || own.abort !== '';
  return orNothing(isOwn ? [...listed, { ...written.location, ...own }] : listed);
}

function decisionIn(values: YamlValues, node: Node | undefined): Decision | undefined {
  if (node === undefined || isSeq(node)) return undefined;
  const at = values.placeOf(node);
  if (!isMap(node)) return parseDecision(values.textOf(node), at);
  const fields = values.fields('decision', node);
  const text = (name: FieldName<'decision'>) => values.prose(fields.get(name)?.value) || undefined;
  const verdict = parseVerdict(text('verdict') ?? '');
  if (verdict === undefined) return undefined;
  const rest = { date: text('date'), by: text('by'), measured: text('measured'), note: text('note') };
  return { ...at, verdict, ...defined(rest) };
}
