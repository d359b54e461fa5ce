import type { BinSpan, TimeUnit } from './plan.ts';

/** Words for a unit of time in `span=` (Splunk documentation, timechart, "Timescale units"). Case-sensitive. */
const unitWords: Readonly<Record<TimeUnit, readonly string[]>> = {
  microsecond: ['us'],
  millisecond: ['ms'],
  centisecond: ['cs'],
  decisecond: ['ds'],
  second: ['s', 'sec', 'secs', 'second', 'seconds'],
  minute: ['m', 'min', 'mins', 'minute', 'minutes'],
  hour: ['h', 'hr', 'hrs', 'hour', 'hours'],
  day: ['d', 'day', 'days'],
  week: ['w', 'week', 'weeks'],
  month: ['mon', 'month', 'months'],
  quarter: ['q', 'qtr', 'qtrs', 'quarter', 'quarters'],
  year: ['y', 'yr', 'yrs', 'year', 'years'],
};

const units = new Map(
  Object.entries(unitWords).flatMap(([unit, words]) =>
    words.map((word) => [word, unit as TimeUnit] as const),
  ),
);

/**
 * Reads `5m`, `1w@w1`, `day`, `100`, `0.5`, `2log10`, `log2`. Undefined for anything else, for zero and for spans too
 * long to be one.
 */
export function parseBinSpan(text: string): BinSpan | undefined {
  const log = /^(\d+(?:\.\d+)?)?log(\d+(?:\.\d+)?)?$/i.exec(text);
  if (log !== null) {
    const coefficient = Number(log[1] ?? 1);
    const base = Number(log[2] ?? 10);
    // Documented: 1 <= coefficient < base, base > 1.
    return base > 1 && coefficient >= 1 && coefficient < base
      ? { kind: 'log', coefficient, base }
      : undefined;
  }
  if (/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)) {
    const width = Number(text);
    return width > 0 ? { kind: 'number', width } : undefined;
  }
  const time = /^(\d{1,9})?([a-z]+)(?:@([a-z0-9+\-@]+))?$/i.exec(text);
  if (time === null) return undefined;
  const unit = units.get((time[2] ?? '').toLowerCase());
  const count = Number(time[1] ?? 1);
  if (unit === undefined || count < 1) return undefined;
  return time[3] === undefined ? { kind: 'time', count, unit } : { kind: 'time', count, unit, snap: time[3] };
}
