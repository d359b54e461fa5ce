import type { ResultColumn } from '../../../../src/server/contracts/search.ts';
import { readMoment } from '../../text/time.ts';
import { mostSeries } from './chart-shape.ts';
import type { ResultRow } from './use-rows.ts';

export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  /** Name of the first column. */
  readonly axis: string;
  /** Seconds since 1970, or places in `names`. */
  readonly x: readonly number[];
  readonly names: readonly string[] | undefined;
  readonly series: readonly ChartSeries[];
  /** Columns of numbers that are not drawn. */
  readonly left: number;
}

/** Rows as a chart: the first column is the axis, each column of numbers is a series. */
export function chartData(columns: readonly ResultColumn[], rows: readonly ResultRow[]): ChartData {
  const [first] = columns;
  const numbers = columns
    .map((column, at) => ({ column, at }))
    .filter(({ column, at }) => at > 0 && column.type === 'number' && !column.name.startsWith('_'));
  const isTime = first?.type === 'time';
  const kept = isTime ? rows.filter((row) => typeof row[0] === 'string') : rows;
  return {
    axis: first?.name ?? '',
    x: kept.map((row, at) => (isTime ? (readMoment(String(row[0])) ?? 0) / 1000 : at)),
    names: isTime ? undefined : kept.map((row) => String(row[0] ?? '')),
    series: numbers.slice(0, mostSeries).map(({ column, at }) => ({
      name: column.name,
      values: kept.map((row) => {
        const cell = row[at];
        return typeof cell === 'number' ? cell : null;
      }),
    })),
    left: Math.max(0, numbers.length - mostSeries),
  };
}
