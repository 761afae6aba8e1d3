import type { Thing, ThingKind } from '../../model';
import type { FieldOwner } from '../../notation/fields';

/** What stands at the cursor, as far as it is written. */
export type CompletionPlace =
  | {
      readonly kind: 'value';
      readonly owner: FieldOwner;
      readonly field: string;
      readonly thing: Thing | undefined;
      /** Where the value begins. */
      readonly from: number;
      /** All of the value, on both sides of the cursor. */
      readonly value: string;
      /** The rest of a value that is a list on lines of their own. */
      readonly otherItems?: string;
    }
  | {
      readonly kind: 'name';
      readonly owner: FieldOwner;
      readonly thing: Thing | undefined;
      /** Where the name begins, without list mark and emphasis. */
      readonly from: number;
      /** Fields that are there already. */
      readonly present: ReadonlySet<string>;
      /** Written before the name on its line: a list mark, emphasis. */
      readonly lead: string;
      /** Whether a whole new thing can begin here. */
      readonly isFree: boolean;
      /** Whether the line stands where the dashes of a list are, without one of its own. */
      readonly isItem?: boolean;
    }
  | {
      /** Behind a word such as `Gate`. */
      readonly kind: 'mention';
      readonly of: ThingKind;
      readonly from: number;
    };
