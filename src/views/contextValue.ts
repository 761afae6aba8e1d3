import type { Bead, Gate, Phase } from '../core/model';
import { isExport } from '../core/notation/export';
import { joined } from '../planWords';

/** What the menus of package.json ask of a row: the kind, the state, and what else holds of it, as in `phasewise.gate.due.approved`. */
export function contextValue(thing: Phase | Bead | Gate, state: string, also = ''): string {
  const approved = thing.kind !== 'bead' && thing.approvals.length > 0 ? 'approved' : '';
  const exported = isExport(thing.head.file) ? 'exported' : '';
  return joined(['phasewise', thing.kind, state, also, approved, exported], '.');
}
