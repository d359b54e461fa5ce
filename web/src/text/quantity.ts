// Made once: `toLocaleString` makes one a call.
const thousands = new Intl.NumberFormat('en');

/** A number with thousands separated, `212,406`. */
export function count(value: number): string {
  return thousands.format(value);
}

/** U+2009, between a number and its unit. */
const thin = '\u2009';

/** `0.61 s`, `12.4 s`, `4:29`. */
export function elapsed(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(2)}${thin}s`;
  if (seconds < 60) return `${seconds.toFixed(1)}${thin}s`;
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** `131 MB`: decimal units, three digits. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let size = value;
  let at = 0;
  while (size >= 999.5 && at < units.length - 1) {
    size /= 1000;
    at += 1;
  }
  const digits = at === 0 || size >= 99.5 ? 0 : size >= 9.95 ? 1 : 2;
  return `${size.toFixed(digits)}${thin}${units[at] ?? ''}`;
}
