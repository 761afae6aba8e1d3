import { isMap, isScalar, type Node, type Scalar, type YAMLMap } from 'yaml';
import type { Field, Status } from '../../model';
import type { Location } from '../../text';
import type { FieldName, FieldOwner } from '../fields';
import { parseStatus } from '../values';
import type { Entry, YamlValues } from './values';

export type Fields<T extends FieldOwner> = ReadonlyMap<FieldName<T>, Entry>;

/** A thing as a list or mapping gives it. */
export interface Written {
  /** What says what the thing is: a mapping, a title, or nothing. */
  readonly value: Node | undefined;
  /** The key that it stands under, where things are given by id. */
  readonly key?: Scalar;
  /** From its first to its last character. */
  readonly location: Location;
  readonly head: Location;
  /** From 1, for the id of a thing that has none. */
  readonly number: number;
}

/** Where a thing stands. */
export interface Home {
  readonly phase?: string;
  readonly parent?: string;
}

/** A mapping's fields, and none for a thing that is no mapping. */
export function fieldsOf<T extends FieldOwner>(values: YamlValues, owner: T, written: Written): Fields<T> {
  return isMap(written.value) ? values.fields(owner, written.value) : new Map();
}

/** Whether a mapping gives things by id: its values are mappings, texts or nothing. */
export function isKeyedMap(node: YAMLMap): boolean {
  return node.items.every(({ value }) => value === null || isMap(value) || isScalar(value));
}

export function mapped<T>(
  field: Field<string> | undefined,
  parse: (text: string) => T | undefined,
): Field<T> | undefined {
  const value = field === undefined ? undefined : parse(field.value);
  return field === undefined || value === undefined ? undefined : { ...field, value };
}

/** The object without the keys that have no value. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

export function statusOf(values: YamlValues, node: Node | undefined): Field<Status> | undefined {
  return mapped(values.field(node), parseStatus);
}
