import { memo } from 'react';
import { type LifetimeBar, lifetimeBar } from './model/lifetime-bar.ts';
import type { TimeSpan } from './model/time-axis.ts';
import type { TreeColumns } from './model/tree-columns.ts';

interface Props {
  readonly columns: TreeColumns;
  readonly position: number;
  /** Positions of a closed group: its ticks. */
  readonly until: number;
  readonly axis: TimeSpan;
}

/** The life of a process on the axis of the column's head. An unknown end is drawn open. */
export const LifetimeCell = memo(function LifetimeCell({ columns, position, until, axis }: Props) {
  const bar = lifetimeBar(columns, position, axis);
  if (until > position) {
    const last = lifetimeBar(columns, until, axis);
    const right = Math.max(last.left + last.width, bar.left + 0.02);
    return <span className="bar many" style={{ left: share(bar.left), width: share(right - bar.left) }} />;
  }
  if (bar.kind === 'outside')
    return <span className="bar beyond" style={bar.after ? { right: 0 } : { left: 0 }} />;
  return <span className={barClass(bar)} style={barStyle(bar)} />;
});

function barClass(bar: LifetimeBar): string {
  const hot = bar.flagged ? ' hot' : '';
  if (bar.kind === 'unknown') return 'bar unk';
  if (bar.kind === 'tick') return `bar tick${hot}`;
  if (bar.kind === 'open') return `bar open${hot}`;
  if (bar.before && bar.after) return `bar run pre${hot}`;
  if (bar.before) return `bar prel${hot}`;
  return `bar${bar.after ? ' run' : ''}${hot}`;
}

function barStyle(bar: LifetimeBar): { left: string; width?: string; right?: string } {
  if (bar.kind === 'unknown') return { left: '0', right: '0' };
  if (bar.kind === 'tick') return { left: share(bar.left) };
  return { left: share(bar.left), width: share(bar.width) };
}

function share(value: number): string {
  return `${(value * 100).toFixed(2)}%`;
}
