import type { Thing } from '../../model';
import type { Range } from '../../text';

/** One thing to put in at the cursor. Lists of them are in the order in which they are best shown. */
export interface Completion {
  readonly kind: 'id' | 'field' | 'value' | 'skeleton';
  readonly label: string;
  readonly detail?: string;
  /** What is put in; with tab stops (`${1:Title}`) where `isSnippet`. */
  readonly newText: string;
  readonly isSnippet?: boolean;
  /** The characters that are replaced; `replaceEnd` is where a word that is typed over ends. */
  readonly range: Range;
  readonly replaceEnd?: number;
  /** What typed letters are compared with, where that is not the label. */
  readonly filterText?: string;
  /** The thing behind an id. */
  readonly thing?: Thing;
  /** Set where it makes no sense, and why: it would wait for itself. */
  readonly against?: 'cycle';
}
