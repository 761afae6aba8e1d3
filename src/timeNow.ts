/** Local time as people write it: `2026-11-28T09:30`. */
export function timeNow(): string {
  const time = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}
