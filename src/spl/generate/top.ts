import { integer, joinSql, type Sql, sql } from '../../store/sql.ts';
import type { Compilation } from './compilation.ts';
import { need } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { groupKeys } from './group-keys.ts';
import { type OrderKey, orderText, type Relation, type RelationColumn } from './relation.ts';

/** `top` and `rare`: percent is of the events that have the fields, written with six decimals as Splunk does. */
export const topGenerator: Generator<StepOf<'top'>> = {
  needs: (step) => need([...step.fields, ...step.by]),
  generate(step, input, { compilation }) {
    const grouped = groupKeys([...step.by, ...step.fields], input, compilation, {});
    const by = grouped.keys.slice(0, step.by.length);
    const fields = grouped.keys.slice(step.by.length);
    const keys = joinSql(grouped.keys.map(({ ref }) => ref), sql`, `);
    const count = compilation.fresh('count');
    const total = compilation.fresh('total');
    const rank = compilation.fresh('rank');
    const counted = compilation.define(
      sql`SELECT ${keys}, count() AS ${count} FROM ${grouped.relation.from} GROUP BY ${keys}`,
    );
    const partition = by.length > 0 ? sql`PARTITION BY ${joinSql(by.map(({ ref }) => ref), sql`, `)}` : sql``;
    const ranking = [
      { ref: count, descending: !step.least, nullsFirst: false },
      ...fields.map(({ ref }) => ({ ref, descending: false, nullsFirst: false })),
    ];
    const place = { ref: rank, descending: false, nullsFirst: false };
    const ranked = compilation.define(
      sql`SELECT *, sum(${count}) OVER (${partition}) AS ${total}, row_number() OVER (${partition} ORDER BY ${orderText(ranking)}) AS ${rank} FROM ${counted}`,
    );
    const byOrder: OrderKey[] = grouped.order.slice(0, step.by.length).flat();
    const from = cut(step, ranked, { by, fields, count, total, rank }, compilation);
    const amount = compilation.fresh('amount');
    const percent = compilation.fresh('percent');
    const shown = compilation.define(
      sql`SELECT *, toFloat64(${count}) AS ${amount}, toDecimalString(100 * ${count} / ${total}, 6) AS ${percent}${grouped.naturalColumns} FROM ${from}`,
    );
    const columns: RelationColumn[] = [
      ...by,
      ...fields,
      ...(step.countField === undefined ? [] : [{ name: step.countField, type: 'number', ref: amount } as const]),
      ...(step.percentField === undefined ? [] : [{ name: step.percentField, type: 'text', ref: percent } as const]),
    ];
    return {
      kind: 'relation',
      from: shown,
      columns,
      listed: true,
      rest: undefined,
      order: [...byOrder, place],
      timeOrder: undefined,
    } satisfies Relation;
  },
};

interface Ranked {
  readonly by: readonly RelationColumn[];
  readonly fields: readonly RelationColumn[];
  readonly count: Sql;
  readonly total: Sql;
  readonly rank: Sql;
}

/** The first of each group, and with `useother` one row for all others of it. */
function cut(step: StepOf<'top'>, ranked: Sql, parts: Ranked, compilation: Compilation): Sql {
  if (step.limit === 0) return ranked;
  const { by, fields, count, total, rank } = parts;
  const limit = integer(step.limit);
  if (!step.useOther) return compilation.define(sql`SELECT * FROM ${ranked} WHERE ${rank} <= ${limit}`);
  const other = compilation.parameters.bind(step.otherText, 'String');
  const slot = sql`least(${rank}, ${integer(step.limit + 1)})`;
  const groups = joinSql([...by.map(({ ref }) => ref), slot], sql`, `);
  const values = fields.map(
    ({ ref }) => sql`, if(any(${slot}) > ${limit}, ${other}, any(ranked.${ref})) AS ${ref}`,
  );
  const byValues = by.map(({ ref }) => sql`${ref}, `);
  return compilation.define(
    sql`SELECT ${joinSql(byValues, sql``)}sum(ranked.${count}) AS ${count}, any(ranked.${total}) AS ${total}, min(ranked.${rank}) AS ${rank}${joinSql(values, sql``)} FROM ${ranked} AS ranked GROUP BY ${groups}`,
  );
}
