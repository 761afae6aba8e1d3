import type { Bead } from '../../core/model';
import { isExport } from '../../core/notation/export';
import { noBd } from '../../tracker/tellTracker';
import { warn } from '../telling';
import { lookForBd } from './bdKey';

/** Whether a bead can be changed at all, before the user is asked for more. If not, says why. */
export async function mayChange({ id, head }: Bead): Promise<boolean> {
  if (!isExport(head.file) || (await lookForBd())) return true;
  warn(noBd(id));
  return false;
}
