const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The time from the parent's start to its own: `+41 ms`, `+2.6 s`, `+4:29`, `+3 h 12`, `+2 d 04`, `+15 d`; negative with `−`. No longer, since a column has no room. */
export function deltaText(milliseconds: number): string {
  const sign = milliseconds < 0 ? '−' : '+';
  const size = Math.abs(milliseconds);
  if (size < second) return `${sign}${Math.floor(size)} ms`;
  if (size < minute) return `${sign}${(Math.floor(size / 100) / 10).toFixed(1)} s`;
  if (size < hour)
    return `${sign}${Math.floor(size / minute)}:${twoDigits(Math.floor((size % minute) / second))}`;
  if (size < day)
    return `${sign}${Math.floor(size / hour)} h ${twoDigits(Math.floor((size % hour) / minute))}`;
  const days = Math.floor(size / day);
  return days < 10 ? `${sign}${days} d ${twoDigits(Math.floor((size % day) / hour))}` : `${sign}${days} d`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
