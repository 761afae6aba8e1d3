import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../core/nearest';
import {
  type CommandName,
  type CommandShape,
  commandNames,
  type OptionName,
  type OptionShape,
  optionTable,
  shapeOf,
  usageOf,
} from './commandTable';
import { UsageError } from './usageError';

/** What was asked for, checked against the table of commands. */
export interface Call {
  readonly command: CommandName;
  /** In the order of the command's own words. */
  readonly words: readonly string[];
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly options: Options;
}

/** One value each, or all of them where an option can be given several times. */
export type Options = {
  readonly [Name in OptionName]?: (typeof optionTable)[Name] extends { readonly many: true }
    ? readonly string[]
    : (typeof optionTable)[Name] extends { readonly value: string }
      ? string
      : true;
};

export type Asked = { readonly command: 'help'; readonly of?: CommandName } | { readonly command: 'version' } | Call;

const parsedOptions: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
  Object.entries(optionTable as Readonly<Record<OptionName, OptionShape>>).map(([name, { value, many, short }]) => [
    name,
    {
      type: value === undefined ? 'boolean' : 'string',
      ...(many === true && { multiple: true }),
      ...(short !== undefined && { short }),
    },
  ]),
);

/** Takes the arguments after the program's name. Throws `UsageError`. */
export function parseCall(args: readonly string[]): Asked {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: parsedOptions,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const [name, ...rest] = positionals;
  for (const token of tokens) if (token.kind === 'option') checkOption(token);
  if (values.help === true) return { command: 'help', ...(name !== undefined && isCommand(name) && { of: name }) };
  if (values.version === true) return { command: 'version' };
  if (name === undefined) throw new UsageError(`which command? Use one of ${commandNames.join(', ')}`);
  if (!isCommand(name)) throw new UsageError(unknownCommand(name));
  const shape = shapeOf(name);
  const foreign = (Object.keys(values) as OptionName[]).find((option) => !shape.options.includes(option));
  if (foreign !== undefined) throw new UsageError(`${name} has no --${foreign}`);
  return { command: name, ...splitWords(shape, rest, values.next === true), options: values as Options };
}

function splitWords(shape: CommandShape, rest: readonly string[], isSpared: boolean) {
  const count = isSpared ? 0 : shape.words.length;
  const words = rest.slice(0, count);
  const missing = shape.words[words.length];
  if (words.length < count && missing !== undefined && shape.readsInput !== true) {
    throw new UsageError(`which ${missing.toLowerCase()}? Write: ${usageOf(shape)}`);
  }
  const paths = rest.slice(count);
  if (!shape.takesPaths && paths.length > 0) {
    throw new UsageError(`${shape.name} takes no more than that. Write: ${usageOf(shape)}`);
  }
  return { words, paths };
}

/** A number in digits. Throws `UsageError`. */
export function numberOf(option: OptionName, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${option} needs a number`);
  return Number(value);
}

/** One of these words. Throws `UsageError`. */
export function wordOf<Word extends string>(
  option: OptionName,
  value: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (value === undefined) return undefined;
  const word = words.find((each) => each === value.toLowerCase());
  if (word === undefined) throw new UsageError(`there is no ${option} ${value}. Use one of ${words.join(', ')}`);
  return word;
}

function checkOption({ name, rawName, value }: { name: string; rawName: string; value?: string | undefined }): void {
  if (!Object.hasOwn(optionTable, name)) {
    const near = nearest(name, Object.keys(optionTable));
    throw new UsageError(`unknown option ${rawName}${near === undefined ? '' : `. Did you mean --${near}?`}`);
  }
  const shape: OptionShape = optionTable[name as OptionName];
  if (shape.value !== undefined && (value === undefined || value === '')) {
    throw new UsageError(`${rawName} needs a value`);
  }
  if (shape.value === undefined && value !== undefined) throw new UsageError(`${rawName} takes no value`);
}

function unknownCommand(name: string): string {
  const near = nearest(name, commandNames);
  const advice = near === undefined ? `Use one of ${commandNames.join(', ')}` : `Did you mean ${near}?`;
  return `unknown command ${name}. ${advice}`;
}

function isCommand(name: string): name is CommandName {
  return (commandNames as readonly string[]).includes(name);
}
