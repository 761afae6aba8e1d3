import { isMap, type Node } from 'yaml';
import type { Field, Operations, Phase, PhaseWorkspace, Texts, Verification } from '../../model';
import { NO_OPERATIONS, orNothing } from '../empty';
import type { FieldName } from '../fields';
import { parseBoolean } from '../values';
import { approvalsIn } from './approvals';
import { named } from './names';
import type { YamlValues } from './values';
import { type Fields, mapped, statusOf, type Written } from './written';

export function phaseOf(values: YamlValues, written: Written, fields: Fields<'phase'>): Phase {
  const texts = (name: FieldName<'phase'>) => values.texts(fields.get(name)?.value);
  const workspace = workspaceOf(values, fields);
  const status = statusOf(values, fields.get('status')?.value);
  return {
    kind: 'phase',
    ...named(values, written, fields, ''),
    dependsOn: values.references(fields.get('dependsOn')?.value),
    objective: texts('objective'),
    constraints: texts('constraints'),
    outOfScope: texts('outOfScope'),
    doneMeans: doneMeansOf(values, fields.get('doneMeans')?.value),
    interfaces: texts('interfaces'),
    prerequisites: texts('prerequisites'),
    verification: verificationOf(values, fields.get('verification')?.value),
    operations: operationsOf(values, fields),
    risks: texts('risks'),
    ...(workspace === undefined ? {} : { workspace }),
    approvals: approvalsIn(values, fields.get('approvals')?.value),
    ...(status === undefined ? {} : { status }),
  };
}

/** `must_haves` says what must be true, beside the files and links that make it so. */
function doneMeansOf(values: YamlValues, node: Node | undefined): Texts {
  const truths = isMap(node) ? values.entries(node).find(({ key }) => /^truths$/i.test(values.textOf(key))) : undefined;
  return values.texts(truths === undefined ? node : truths.value);
}

function verificationOf(values: YamlValues, node: Node | undefined): readonly Verification[] {
  return orNothing(
    values.elements(node).flatMap((element): readonly Verification[] => {
      if (!isMap(element)) return values.texts(element).map(asVerification);
      const fields = values.fields('verification', element);
      const commands = values.texts(fields.get('command')?.value);
      const manual = values.texts(fields.get('manual')?.value);
      return [
        ...commands.map((text): Verification => ({ ...text, kind: 'command' })),
        ...manual.map((text): Verification => ({ ...text, kind: 'manual' })),
      ];
    }),
  );
}

/** A text that is all code is a command. */
function asVerification(text: Field<string>): Verification {
  const command = /^`([^`]+)`$/.exec(text.value)?.[1];
  if (command === undefined) return { ...text, kind: 'manual' };
  return { ...text, start: text.start + 1, end: text.end - 1, value: command, kind: 'command' };
}

function operationsOf(values: YamlValues, fields: Fields<'phase'>): Operations {
  const node = fields.get('operations')?.value;
  const inner: Fields<'operations'> = isMap(node) ? values.fields('operations', node) : new Map();
  const texts = (name: FieldName<'operations'>, outside?: FieldName<'phase'>): Texts =>
    orNothing([
      ...values.texts(inner.get(name)?.value),
      ...(outside === undefined || isMap(fields.get(outside)?.value) ? [] : values.texts(fields.get(outside)?.value)),
    ]);
  const operations = {
    git: texts('git', 'git'),
    migrations: texts('migrations', 'migrations'),
    tophatting: texts('tophatting', 'tophatting'),
    gates: texts('gates', 'organisationGates'),
    notes: isMap(node) ? texts('notes') : values.texts(node),
  };
  return Object.values(operations).every((list) => list.length === 0) ? NO_OPERATIONS : operations;
}

function workspaceOf(values: YamlValues, fields: Fields<'phase'>): PhaseWorkspace | undefined {
  const node = fields.get('workspace')?.value;
  const inner: Fields<'workspace'> = isMap(node) ? values.fields('workspace', node) : new Map();
  const at = (name: 'paths' | 'branch' | 'sparse') => inner.get(name)?.value ?? fields.get(name)?.value;
  const paths = isMap(node) || node === undefined ? values.texts(at('paths')) : values.texts(node);
  const branch = values.field(at('branch'));
  const sparse = mapped(values.field(at('sparse')), parseBoolean);
  if (paths.length === 0 && branch === undefined && sparse === undefined) return undefined;
  return { paths, ...(branch === undefined ? {} : { branch }), ...(sparse === undefined ? {} : { sparse }) };
}
