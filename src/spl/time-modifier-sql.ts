import { integer, type Sql, sql } from '../store/sql.ts';
import type { ModifierStep, ModifierUnit } from './time-modifier.ts';

const add: Record<ModifierUnit, (time: Sql, count: Sql) => Sql> = {
  second: (time, count) => sql`addSeconds(${time}, ${count})`,
  minute: (time, count) => sql`addMinutes(${time}, ${count})`,
  hour: (time, count) => sql`addHours(${time}, ${count})`,
  day: (time, count) => sql`addDays(${time}, ${count})`,
  week: (time, count) => sql`addWeeks(${time}, ${count})`,
  month: (time, count) => sql`addMonths(${time}, ${count})`,
  quarter: (time, count) => sql`addQuarters(${time}, ${count})`,
  year: (time, count) => sql`addYears(${time}, ${count})`,
};

const start: Record<Exclude<ModifierUnit, 'week'>, (time: Sql) => Sql> = {
  second: (time) => sql`toStartOfSecond(${time})`,
  minute: (time) => sql`toStartOfMinute(${time})`,
  hour: (time) => sql`toStartOfHour(${time})`,
  day: (time) => sql`toStartOfDay(${time})`,
  month: (time) => sql`toStartOfMonth(${time})`,
  quarter: (time) => sql`toStartOfQuarter(${time})`,
  year: (time) => sql`toStartOfYear(${time})`,
};

/** Start of the week that begins on `weekday` (0 is Sunday), a Date. */
export function startOfWeek(time: Sql, weekday: number): Sql {
  if (weekday === 0) return sql`toStartOfWeek(${time}, 0)`;
  const days = integer(weekday);
  return sql`addDays(toStartOfWeek(subtractDays(${time}, ${days}), 0), ${days})`;
}

/**
 * The steps of a relative time in SQL, as `applyModifierSteps` does them. `time` is Nullable(DateTime64(7,'UTC')), `zone` a
 * bound text; gives the same type.
 */
export function modifierSql(steps: readonly ModifierStep[], time: Sql, zone: Sql): Sql {
  let local = sql`toTimeZone(${time}, ${zone})`;
  for (const step of steps) {
    if (step.kind === 'offset') local = add[step.unit](local, integer(step.count));
    else {
      const snapped = step.unit === 'week' ? startOfWeek(local, step.weekday) : start[step.unit](local);
      local = sql`toDateTime64(${snapped}, 7, ${zone})`;
    }
  }
  return sql`toTimeZone(${local}, 'UTC')`;
}
