const BARS = '▁▂▃▄▅▆▇█';

/** A line of bars, one for each value, as high as the value is beside the largest. Zero and less is the lowest bar. */
export function sparkline(values: readonly number[]): string {
  const largest = Math.max(1, ...values);
  return values
    .map(
      (value) => BARS[Math.max(0, Math.min(BARS.length - 1, Math.ceil((value / largest) * (BARS.length - 1))))] ?? '',
    )
    .join('');
}
