import { type Sql, sql } from '../store/sql.ts';
import { share } from './share.ts';

/**
 * Writes a number as the language prints it: whole numbers without decimals, others with at most 15 significant digits,
 * so that 0.1+0.2 is 0.3. `numberText` is the same in SQL.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const shown = Number.isInteger(value) ? value : Number(value.toPrecision(15));
  return String(shown).replace('e+', 'e');
}

/** Nullable(Float64) to Nullable(String), as `formatNumber` does it. Adding zero makes -0 plain. */
export function numberText(value: Sql): Sql {
  return share(
    value,
    (x) => sql`if(${x} = trunc(${x}), toString(${x} + 0.), toString(toFloat64(printf('%.15g', ${x}))))`,
  );
}

/** Nullable(DateTime64(7)) to epoch seconds as text, with all recorded digits of the fraction and no more. */
export function timeText(value: Sql): Sql {
  return sql`toString(toDecimal64(${value}, 7))`;
}

/**
 * The seconds between two DateTime64(7) as a number. Doubles of this century's times lie a quarter of a microsecond apart,
 * so that their difference would have noise in it.
 */
export function secondsBetween(end: Sql, start: Sql): Sql {
  return sql`toFloat64(toDecimal64(${end}, 7) - toDecimal64(${start}, 7))`;
}

/** The number that a field's text is, else null: decimal digits with sign, point and exponent; `inf` and `nan` are words. */
export function textNumber(value: Sql): Sql {
  return sql`ifNotFinite(toFloat64OrNull(${value}), NULL)`;
}
