import { isMap, type Node } from 'yaml';
import type { Diagnostic, Phase } from '../../model';
import type { Location } from '../../text';
import type { Harvest } from './harvest';
import type { ListKind } from './outline';
import { malformed, parse } from './parse';
import { plainYaml } from './plain';
import { PlanReader } from './planReader';
import { type YamlPiece, YamlValues } from './values';
import type { Home } from './written';

export interface PieceOptions {
  readonly reportsUnknown: boolean;
  /** Whether the piece is the whole document, so that its aliases can be resolved. */
  readonly isWhole: boolean;
}

/** One document, or some of its top-level keys. Undefined when it cannot be understood without the rest. */
export function readTop(piece: YamlPiece, options: PieceOptions): Harvest | undefined {
  return read(piece, options, (reader, root) => {
    if (isMap(root)) reader.plan(root);
  });
}

/** What the keys at the top say of a phase that is named elsewhere. */
export function readPhaseFields(piece: YamlPiece): Phase | undefined {
  let phase: Phase | undefined;
  read(piece, { reportsUnknown: false, isWhole: true }, (reader, root) => {
    if (isMap(root)) phase = reader.phaseFields(root);
  });
  return phase;
}

/** One thing of a list, with what is nested in it. */
export function readThing(
  piece: YamlPiece,
  options: PieceOptions,
  thing: { readonly kind: ListKind; readonly home: Home; readonly number: number; readonly location: Location },
): Harvest | undefined {
  return read(piece, options, (reader, root) => reader.things(root, thing.kind, thing.home, 0, thing));
}

function read(
  piece: YamlPiece,
  options: PieceOptions,
  fill: (reader: PlanReader, root: Node | undefined) => void,
): Harvest | undefined {
  const diagnostics: Diagnostic[] = [];
  try {
    const root = plainYaml(piece.text) ?? parse(piece, diagnostics);
    const values = new YamlValues(piece, root, options);
    const reader = new PlanReader(values);
    fill(reader, values.resolved(root));
    return values.needsDocument ? undefined : reader.harvest(diagnostics);
  } catch (error) {
    // The parser and this reader recurse into what is nested.
    if (!(error instanceof RangeError)) throw error;
    diagnostics.push(malformed('This is nested too deeply to be read.', piece.place(0, 0)));
    return new PlanReader(new YamlValues(piece, null, options)).harvest(diagnostics);
  }
}
