import { type TreeColumns, valueAt } from './tree-columns.ts';

/**
 * What names a process in a link: its process id and start, which stay when later events move its place in the tree. One
 * without a start is named by its place among those of the same id.
 */
export function processKey(columns: TreeColumns, at: number): string {
  const pid = valueAt(columns.pid, at);
  const start = columns.start[at] ?? Number.NaN;
  if (!Number.isNaN(start)) return `${pid}.${Math.floor(columns.origin + start).toString(36)}`;
  let nth = 0;
  for (let each = 0; each < at; each += 1)
    if (columns.pid[each] === pid && Number.isNaN(columns.start[each])) nth += 1;
  return `${pid}.-${nth}`;
}

/** The position that a key names; -1 where the tree has no such process. */
export function positionOfKey(columns: TreeColumns, key: string): number {
  const dot = key.indexOf('.');
  const pid = Number(key.slice(0, dot));
  const rest = key.slice(dot + 1);
  const unknown = rest.startsWith('-');
  const start = unknown ? Number.NaN : Number.parseInt(rest, 36);
  let nth = unknown ? Number(rest.slice(1)) : 0;
  for (let at = 0; at < columns.size; at += 1) {
    if (columns.pid[at] !== pid) continue;
    const own = columns.start[at] ?? Number.NaN;
    if (unknown) {
      if (!Number.isNaN(own)) continue;
      if (nth === 0) return at;
      nth -= 1;
    } else if (Math.floor(columns.origin + own) === start) return at;
  }
  return -1;
}
