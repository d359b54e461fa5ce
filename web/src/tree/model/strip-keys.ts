import type { TimeSpan } from './time-axis.ts';
import type { TreeColumns } from './tree-columns.ts';

/** What keys do on the time strip. */
export interface StripActs {
  readonly go: (by: 1 | -1) => void;
  readonly goTo: (end: 'first' | 'last') => void;
  /** Moves the free end of a time by so many hundredths of all. */
  readonly grow: (by: number) => void;
  readonly take: () => void;
  readonly zoom: (factor: number) => void;
  readonly whole: () => void;
}

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Acts on a key; whether it was one of the strip's. */
export function stripKeys(press: Press, acts: StripActs): boolean {
  if (press.ctrlKey || press.altKey || press.metaKey) return false;
  const by = { ArrowRight: 1, ArrowLeft: -1 }[press.key] as 1 | -1 | undefined;
  if (by !== undefined) press.shiftKey ? acts.grow(by) : acts.go(by);
  else if (press.key === 'Home') acts.goTo('first');
  else if (press.key === 'End') acts.goTo('last');
  else if (press.key === 'Enter') acts.take();
  else if (press.key === '+' || press.key === '=') acts.zoom(0.5);
  else if (press.key === '-') acts.zoom(2);
  else if (press.key === 'Escape') acts.whole();
  else return false;
  return true;
}

/** Positions of the processes whose start is known, in order of time. */
export function byStart({ start, size }: TreeColumns): readonly number[] {
  const known: number[] = [];
  for (let at = 0; at < size; at += 1) if (!Number.isNaN(start[at] ?? Number.NaN)) known.push(at);
  return known.sort((one, other) => (start[one] ?? 0) - (start[other] ?? 0) || one - other);
}

/** The process that started next after (or before) another; of none selected, the one nearest behind the moment. */
export function startBeside(
  { start }: TreeColumns,
  order: readonly number[],
  moment: number,
  selected: number,
  by: 1 | -1,
): number | undefined {
  const place = order.indexOf(selected);
  if (place >= 0) return order[place + by];
  const behind = order.findIndex((at) => (start[at] ?? 0) >= moment);
  return order[behind < 0 ? order.length - 1 : behind];
}

/** A time whose free end (`to`) moves by hundredths of the whole. */
export function grown(time: TimeSpan, hundredths: number, whole: TimeSpan): TimeSpan {
  const to = time.to + ((whole.to - whole.from) * hundredths) / 100;
  return { from: time.from, to: Math.min(whole.to, Math.max(whole.from, to)) };
}

/** A time that is so many times as long, around a moment where that lies in it; all of it is undefined. */
export function zoomed(
  time: TimeSpan,
  moment: number,
  factor: number,
  whole: TimeSpan,
): TimeSpan | undefined {
  const length = Math.max(1, (time.to - time.from) * factor);
  if (length >= whole.to - whole.from) return undefined;
  const middle = moment >= time.from && moment <= time.to ? moment : (time.from + time.to) / 2;
  const from = Math.min(whole.to - length, Math.max(whole.from, middle - length / 2));
  return { from, to: from + length };
}
