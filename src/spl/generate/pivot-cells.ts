import { identifier, type Sql, sql } from '../../store/sql.ts';
import { toColumn } from '../coerce.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { Compilation } from './compilation.ts';
import type { Asked } from './generator.ts';
import type { PreparedPivot } from './pivot-keys.ts';
import type { OrderKey } from './relation.ts';
import { naturalKey } from './sort-keys.ts';

/** Cells as a SELECT: their rows, their measures, and what their rows are ordered by. */
export interface GroupedCells {
  readonly from: Sql;
  readonly count: Sql;
  readonly results: readonly { readonly ref: Sql; readonly value: Sql; readonly result: TypedSql }[];
  readonly order: readonly Sql[];
}

/** The measures of each cell; without `split` all series of a row are one cell. */
export function groupCells(
  prepared: PreparedPivot,
  from: Sql,
  split: boolean,
  compilation: Compilation,
): GroupedCells {
  const { row, rowStart, column, measures } = prepared;
  const keys = [...(row ? [row.ref] : []), ...(split && column ? [column.ref] : [])];
  const start = rowStart ? [{ ref: compilation.fresh('start'), value: sql`any(${rowStart})` }] : [];
  const order = (row ? naturalKey(row) : []).map((value) => ({ ref: compilation.fresh('order'), value }));
  const count = { ref: compilation.fresh('rows'), value: sql`count()` };
  const calls = measures.flatMap((measure) => measure.calls);
  const grouped = compilation.group(from, keys, [count, ...start, ...calls]);
  const results = measures.map(({ name, result }) => ({
    ref: compilation.fresh(name),
    value: toColumn(result).sql,
    result,
  }));
  const { from: finished } = compilation.compute({ from: grouped }, [...results, ...order]);
  return { from: finished, count: count.ref, results, order: [...start, ...order].map(({ ref }) => ref) };
}

/** Cells in the order of their rows: the row's key, the series, whether series were left out, the measures. */
export function askForCells(
  key: string,
  from: Sql,
  series: Sql,
  cells: GroupedCells,
  { row, columns }: PreparedPivot,
  compilation: Compilation,
  hidden = sql`0`,
): Asked {
  const values = [row?.ref ?? sql`1`, series, hidden, ...cells.results.map(({ ref }) => ref)].map(
    (value, at) => ({ ref: identifier(`c${at}`), value }),
  );
  const order = cells.order.map((ref): OrderKey => ({ ref, descending: false, nullsFirst: false }));
  return {
    kind: 'question',
    question: {
      key,
      sql: compilation.show({ from, order }, values),
      columns: [
        { name: 'row', type: row?.type ?? 'number' },
        { name: 'series', type: 'text' },
        { name: 'hidden', type: 'number' },
        ...columns.map(({ name, type }) => ({ name, type })),
      ],
    },
  };
}
