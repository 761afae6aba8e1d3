/** Prints rows as a Markdown table. */
export function printTable(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  console.log(`\n| ${headings.join(' | ')} |`);
  console.log(`| ${headings.map(() => '---').join(' | ')} |`);
  for (const row of rows) console.log(`| ${row.map(String).join(' | ')} |`);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** `yes`, or by how much the goal is missed. */
export function verdict(value: number, goal: number): string {
  return value <= goal ? 'yes' : `no, ${(value / goal).toFixed(2)} times`;
}
