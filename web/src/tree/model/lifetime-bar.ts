import { shareAt, type TimeSpan } from './time-axis.ts';
import { basisAt, severityAt, type TreeColumns } from './tree-columns.ts';

/**
 * How a lifetime is drawn. `unknown` is hatching only; `open` is a bar whose end no event tells; `running` still ran at the
 * end of the log; `closed` ended. `tick` is a closed one too short to be seen as a bar.
 */
export interface LifetimeBar {
  readonly kind: 'unknown' | 'open' | 'closed' | 'tick' | 'outside';
  /** Shares of the axis, 0 to 1. */
  readonly left: number;
  readonly width: number;
  /** Began before the axis. */
  readonly before: boolean;
  /** Goes on behind the axis. */
  readonly after: boolean;
  readonly flagged: boolean;
}

/** Bars narrower than this share are drawn as a tick. */
const tickShare = 0.015;

/** The lifetime of a process on an axis; the axis is milliseconds since 1970. */
export function lifetimeBar(columns: TreeColumns, at: number, axis: TimeSpan): LifetimeBar {
  const start = columns.origin + (columns.start[at] ?? Number.NaN);
  const end = columns.origin + (columns.end[at] ?? Number.NaN);
  const flagged = severityAt(columns, at) !== 'none';
  if (Number.isNaN(start) || basisAt(columns, at) === 'claimed')
    return { kind: 'unknown', left: 0, width: 1, before: false, after: false, flagged };
  const left = shareAt(axis, start);
  const before = start < axis.from;
  if (start > axis.to || end < axis.from)
    return {
      kind: 'outside',
      left: start > axis.to ? 1 : 0,
      width: 0,
      before,
      after: start > axis.to,
      flagged,
    };
  if (Number.isNaN(end)) return { kind: 'open', left, width: 1 - left, before, after: true, flagged };
  const width = shareAt(axis, end) - left;
  const after = end > axis.to;
  if (width < tickShare && !before && !after)
    return { kind: 'tick', left: Math.min(left, 0.99), width: 0, before, after, flagged };
  return { kind: 'closed', left, width, before, after, flagged };
}

/** From the first to the last moment that any of the processes was seen; at least a second. */
export function spanOf(columns: TreeColumns, positions: Iterable<number>): TimeSpan {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const at of positions) {
    // What children say of when an unseen parent started may lie days back.
    if (basisAt(columns, at) === 'claimed') continue;
    for (const time of [columns.start[at], columns.end[at]]) {
      if (time === undefined || Number.isNaN(time)) continue;
      from = Math.min(from, time);
      to = Math.max(to, time);
    }
  }
  if (from > to) return { from: columns.origin, to: columns.origin + 1000 };
  return { from: columns.origin + from, to: columns.origin + Math.max(to, from + 1000) };
}
