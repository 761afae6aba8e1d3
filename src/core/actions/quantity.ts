/** A number with its unit, as people write it. */
export interface Quantity {
  /** As written, in its unit. */
  readonly value: number;
  /** In a form in which units of one kind are the same: `s` for times, `byte` for sizes; '' for none. */
  readonly unit: string;
  /** How many of `unit` one of the written unit is: 0.001 for `ms`. */
  readonly factor: number;
}

/** `$ 1,200.50`, `80 %`, `6s`, `4k tokens`: what may stand before a number, the number, and what stands behind it. */
export const NUMBER =
  /(?<money>US\$|[$€£]|\b(?:USD|EUR|GBP)\b)?\s?(?<sign>[-+−](?=\d))?(?<digits>\d{1,3}(?:[,’'\u00A0\u202F]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)(?![.,]?\d)(?:(?<scale>[kK]|M)(?![\p{L}\d]))?\s?(?<unit>%|[$€£]|[\p{L}µ]+(?:\/[\p{L}]+)?)?/u;

const UNITS: ReadonlyMap<string, readonly [unit: string, factor: number]> = new Map(
  Object.entries({
    s: [
      'ms:0.001',
      'msec:0.001',
      'milliseconds:0.001',
      'millisecond:0.001',
      's:1',
      'sec:1',
      'secs:1',
      'second:1',
      'seconds:1',
      'min:60',
      'mins:60',
      'minute:60',
      'minutes:60',
      'h:3600',
      'hr:3600',
      'hrs:3600',
      'hour:3600',
      'hours:3600',
      'd:86400',
      'day:86400',
      'days:86400',
      'w:604800',
      'week:604800',
      'weeks:604800',
    ],
    byte: [
      'b:1',
      'byte:1',
      'bytes:1',
      'kb:1e3',
      'kib:1024',
      'mb:1e6',
      'mib:1048576',
      'gb:1e9',
      'gib:1073741824',
      'tb:1e12',
    ],
    '%': ['%:1', 'percent:1', 'pct:1'],
    $: ['$:1', 'us$:1', 'usd:1', 'dollar:1', 'dollars:1', 'us:1'],
    '€': ['€:1', 'eur:1', 'euro:1', 'euros:1'],
    '£': ['£:1', 'gbp:1', 'pounds:1'],
  }).flatMap(([unit, names]) =>
    names.map((entry): [string, readonly [string, number]] => {
      const [name = '', factor = '1'] = entry.split(':');
      return [name, [unit, Number(factor)]];
    }),
  ),
);

/** Words behind a number that are no unit. */
const NO_UNIT =
  /^(?:or|to|and|of|in|on|at|per|that|which|with|if|when|for|from|is|are|was|were|by|but|the|a|an|as|out|until|bis|und|oder|times?|x|more|less|fewer|lower|higher|above|below|over|under)$/i;

/** What the groups of `NUMBER` mean. */
export function quantityOf(
  groups: Readonly<Record<string, string | undefined>>,
): Quantity & { readonly hasUnit: boolean } {
  const { money = '', sign = '', digits = '', scale = '', unit = '' } = groups;
  const number = Number(plainDigits(digits)) * (sign === '-' || sign === '−' ? -1 : 1);
  const scaled = number * (scale === 'M' ? 1e6 : scale === '' ? 1 : 1000);
  const isUnit = unit !== '' && !NO_UNIT.test(unit);
  const named = money !== '' ? money : isUnit ? unit : '';
  const [plain, factor] = UNITS.get(named.toLowerCase()) ?? [singular(named.toLowerCase()), 1];
  return { value: scaled, unit: plain, factor, hasUnit: isUnit };
}

/** `1,200.50` and `1,5` as a program writes them: three digits behind a comma are thousands. */
function plainDigits(digits: string): string {
  const whole = /^\d{1,3}(?:[,’'\u00A0\u202F]\d{3})+(?:\.\d+)?$/.test(digits);
  return whole ? digits.replace(/[^\d.]/g, '') : digits.replace(',', '.');
}

function singular(unit: string): string {
  return unit.length > 3 ? unit.replace(/s$/, '') : unit;
}

/** A value in the unit of another one; as it is where one of the two has no unit. Undefined when their units disagree. */
export function inUnitOf(a: Quantity, b: Pick<Quantity, 'unit' | 'factor'>): number | undefined {
  if (a.unit === '' || b.unit === '') return a.value;
  return a.unit === b.unit ? (a.value * a.factor) / b.factor : undefined;
}

const MEASURED = /^(?:[^=<>≤≥:]{0,40}\p{L}[^=<>≤≥:]{0,40}[=:]\s*)?(?:[~≈]\s?)?/u;
const NOTHING = /^(?:none|zero|nothing|null)\b/i;
const SHARE = /^\s*(?:of|\/|out of)\s*(\d[\d,]*)/;

/** A measured value: `p95 = 3210`, `88 %`, `44 of 50`. Undefined when it does not begin with a number. */
export function measuredQuantity(text: string): (Quantity & { readonly share?: number }) | undefined {
  const rest = text.trim().replace(MEASURED, '');
  if (NOTHING.test(rest)) return { value: 0, unit: '', factor: 1 };
  const found = NUMBER.exec(rest);
  if (found === null || found.index > 0 || found.groups === undefined) return undefined;
  // `2.3.10` is a version, `2026-05-02` a date.
  const behind = rest.slice(found[0].length);
  if (/^(?:\.\d|-\d\d-)/.test(behind)) return undefined;
  const { hasUnit, ...quantity } = quantityOf(found.groups);
  const of = SHARE.exec(hasUnit ? behind : rest.slice(lengthOfNumber(found)));
  const whole = of === null ? 0 : Number((of[1] ?? '').replace(/,/g, ''));
  return whole > 0 ? { ...quantity, share: (quantity.value / whole) * 100 } : quantity;
}

/** Without the word behind it. */
function lengthOfNumber(found: RegExpExecArray): number {
  return found[0].length - (found.groups?.unit ?? '').length;
}
