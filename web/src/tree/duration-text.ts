const thin = '\u2009';

/** Seconds in short: `6 s`, `14 min`, `1 h 02`, `3 d`. */
export function durationText(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)}${thin}ms`;
  if (seconds < 10) return `${(Math.round(seconds * 10) / 10).toString()}${thin}s`;
  if (seconds < 120) return `${Math.round(seconds)}${thin}s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)}${thin}min`;
  if (seconds < 172_800) {
    const hours = Math.floor(seconds / 3600);
    return `${hours}${thin}h${thin}${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')}`;
  }
  return `${Math.round(seconds / 86_400)}${thin}d`;
}
