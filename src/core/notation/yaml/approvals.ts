import { isMap, type Node } from 'yaml';
import type { Approval } from '../../model';
import { orNothing } from '../empty';
import type { FieldName } from '../fields';
import { isNone, parseApproval } from '../values';
import type { YamlValues } from './values';
import { defined } from './written';

/** An approval as written, with what it approves where it says that. */
export interface WrittenApproval {
  readonly approval: Approval;
  readonly of?: string;
}

export function writtenApprovals(values: YamlValues, node: Node | undefined): readonly WrittenApproval[] {
  return values.elements(node).flatMap((element) => {
    const at = values.placeOf(element);
    if (!isMap(element)) {
      const approval = parseApproval(values.textOf(element), at);
      return approval === undefined ? [] : { approval };
    }
    const fields = values.fields('approval', element);
    const text = (name: FieldName<'approval'>) => values.textOf(fields.get(name)?.value) || undefined;
    const hash = text('hash')?.replace(/^sha256:/i, '');
    const by = text('by');
    if (by === undefined || isNone(by)) return [];
    return {
      approval: { ...at, by, ...defined({ date: text('date'), hash }) },
      ...defined({ of: text('what') }),
    };
  });
}

export function approvalsIn(values: YamlValues, node: Node | undefined): readonly Approval[] {
  return orNothing(writtenApprovals(values, node).map(({ approval }) => approval));
}
