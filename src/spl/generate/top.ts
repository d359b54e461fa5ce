import { integer, joinSql, type Sql, sql } from '../../store/sql.ts';
import { asText } from '../coerce.ts';
import type { Compilation } from './compilation.ts';
import { need } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { groupKeys } from './group-keys.ts';
import { type OrderKey, orderText, type Relation, type RelationColumn, typedColumn } from './relation.ts';

/** `top` and `rare`: percent is of the events that have the fields, written with six decimals as Splunk does. */
export const topGenerator: Generator<StepOf<'top'>> = {
  needs: (step) => need([...step.fields, ...step.by]),
  generate(step, input, { compilation }) {
    const grouped = groupKeys([...step.by, ...step.fields], input, compilation, {});
    const by = grouped.keys.slice(0, step.by.length);
    const fields = grouped.keys.slice(step.by.length);
    const count = compilation.fresh('count');
    const total = compilation.fresh('total');
    const rank = compilation.fresh('rank');
    const counted = compilation.group(
      grouped.relation.from,
      grouped.keys.map(({ ref }) => ref),
      [{ ref: count, value: sql`count()` }],
    );
    const partition =
      by.length > 0
        ? sql`PARTITION BY ${joinSql(
            by.map(({ ref }) => ref),
            sql`, `,
          )}`
        : sql``;
    const ranking: OrderKey[] = [
      { ref: count, descending: !step.least, nullsFirst: false },
      ...fields.map(({ ref }) => ({ ref, descending: false, nullsFirst: false })),
    ];
    const simple = by.length === 0 && !step.useOther;
    const all = { from: counted, by, fields, count, total, rank };
    const parts = simple
      ? { ...all, ...compilation.compute(all, [{ ref: total, value: sql`sum(${count}) OVER ()` }]) }
      : cut(step, { ...all, from: rankedIn(partition, all, ranking, compilation) }, compilation);
    const byOrder: OrderKey[] = grouped.order.slice(0, step.by.length).flat();
    const amount = compilation.fresh('amount');
    const percent = compilation.fresh('percent');
    const { from: shown } = compilation.compute(parts, [
      { ref: amount, value: sql`toFloat64(${parts.count})` },
      { ref: percent, value: sql`toDecimalString(100 * ${parts.count} / ${parts.total}, 6)` },
      ...grouped.natural.slice(0, step.by.length).flat(),
    ]);
    const columns: RelationColumn[] = [
      ...by,
      ...parts.fields,
      ...(step.countField === undefined
        ? []
        : [{ name: step.countField, type: 'number', ref: amount } as const]),
      ...(step.percentField === undefined
        ? []
        : [{ name: step.percentField, type: 'text', ref: percent } as const]),
    ];
    const relation: Relation = {
      kind: 'relation',
      from: shown,
      columns,
      identity: undefined,
      listed: true,
      rest: undefined,
      // Without groups the rank needs no number: the rows are sorted by it.
      order: simple ? ranking : [...byOrder, { ref: parts.rank, descending: false, nullsFirst: false }],
      timeOrder: undefined,
    };
    return simple && step.limit > 0 ? compilation.take(relation, step.limit) : relation;
  },
};

interface Ranked {
  readonly from: Sql;
  readonly by: readonly RelationColumn[];
  readonly fields: readonly RelationColumn[];
  readonly count: Sql;
  readonly total: Sql;
  readonly rank: Sql;
}

function rankedIn(
  partition: Sql,
  counted: Ranked,
  ranking: readonly OrderKey[],
  compilation: Compilation,
): Sql {
  const { count, total, rank } = counted;
  const place = sql`row_number() OVER (${partition} ORDER BY ${orderText(ranking)})`;
  return compilation.compute(counted, [
    { ref: total, value: sql`sum(${count}) OVER (${partition})` },
    { ref: rank, value: place },
  ]).from;
}

/** The first of each group, and with `useother` one row for all others of it. */
function cut(step: StepOf<'top'>, ranked: Ranked, compilation: Compilation): Ranked {
  if (step.limit === 0) return ranked;
  const limit = integer(step.limit);
  if (!step.useOther) return compilation.keep(ranked, sql`${ranked.rank} <= ${limit}`);
  const other = compilation.parameters.bind(step.otherText, 'String');
  const place = sql`least(${ranked.rank}, ${integer(step.limit + 1)})`;
  const [count, total, rank] = ['count', 'total', 'rank'].map((name) => compilation.fresh(name)) as [
    Sql,
    Sql,
    Sql,
  ];
  const fields = ranked.fields.map((field) => ({ field, ref: compilation.fresh(field.name) }));
  const keys = ranked.by.map(({ ref }) => ref);
  const shown = [
    ...keys,
    sql`sum(${ranked.count}) AS ${count}`,
    sql`any(${ranked.total}) AS ${total}`,
    sql`min(${ranked.rank}) AS ${rank}`,
    ...fields.map(
      ({ field, ref }) =>
        sql`if(min(${ranked.rank}) > ${limit}, ${other}, any(${asText(typedColumn(field))})) AS ${ref}`,
    ),
  ];
  const groups = joinSql([...keys, place], sql`, `);
  return {
    from: compilation.define(sql`SELECT ${joinSql(shown, sql`, `)} FROM ${ranked.from} GROUP BY ${groups}`),
    by: ranked.by,
    fields: fields.map(({ field, ref }) => ({ name: field.name, type: 'text', ref })),
    count,
    total,
    rank,
  };
}
