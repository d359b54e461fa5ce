import { integer, type Parameters, type Sql, sql } from '../../store/sql.ts';
import { numberText } from '../number-text.ts';
import type { BinSpan } from '../plan.ts';

export type NumberSpan = Exclude<BinSpan, { readonly kind: 'time' }>;

/** The start and the end of the bin of a number (Nullable(Float64)). */
export interface NumberBin {
  readonly start: Sql;
  readonly end: Sql;
}

/** Cuts numbers into bins; a logarithmic span has no bins for numbers that are not above zero. */
export function numberBin(value: Sql, span: NumberSpan, parameters: Parameters): NumberBin {
  if (span.kind === 'number') {
    const width = parameters.bind(span.width, 'Float64');
    const place = sql`floor(${value} / ${width})`;
    return { start: sql`(${place} * ${width})`, end: sql`((${place} + 1) * ${width})` };
  }
  const base = parameters.bind(span.base, 'Float64');
  const coefficient = parameters.bind(span.coefficient, 'Float64');
  // The nudge keeps exact powers in the bin that they begin.
  const place = sql`floor(log(${value} / ${coefficient}) / log(${base}) + 1e-9)`;
  const bound = (more: number) =>
    sql`if(${value} > 0, ${coefficient} * pow(${base}, ${place} + ${integer(more)}), NULL)`;
  return { start: bound(0), end: bound(1) };
}

/** `20-30`. */
export function binLabel({ start, end }: NumberBin): Sql {
  return sql`concat(${numberText(start)}, '-', ${numberText(end)})`;
}

/** The narrowest width of the form 1, 2 or 5 times a power of ten that needs at most `bins` bins for the range. */
export function niceWidth(range: number, bins: number): number {
  if (!(range > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(range / bins));
  const width = [1, 2, 5, 10].map((step) => step * power).find((each) => range / each <= bins);
  return width ?? 10 * power;
}
