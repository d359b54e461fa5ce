import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import { integer, type Sql, sql } from '../../store/sql.ts';
import type { ColumnType } from '../../store/store.ts';
import { asText, toColumn } from '../coerce.ts';
import { type Bins, binned, binsOf } from './bin.ts';
import type { Compilation } from './compilation.ts';
import type { Asked, StepOf, StepPlace } from './generator.ts';
import { groupKeys } from './group-keys.ts';
import { compileMeasures, expandMeasures, type MeasureSql } from './measures.ts';
import { columnOf, type Relation, type RelationColumn, typedColumn } from './relation.ts';
import { arrival } from './row-number.ts';
import { spanTicks, type TimeBins } from './time-bin.ts';

export type PivotStep = StepOf<'pivot'>;

/** The rows with their row and column keys, and the measures to be taken of each cell. */
export interface PreparedPivot {
  readonly kind: 'prepared';
  readonly relation: Relation;
  readonly row: RelationColumn | undefined;
  /** Where rows are numbers' bins, what they are ordered by. */
  readonly rowStart: Sql | undefined;
  readonly column: RelationColumn | undefined;
  readonly measures: readonly MeasureSql[];
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly zero: boolean }[];
  readonly timeBins: TimeBins | undefined;
}

/** Computes what rows and columns are split by. */
export function preparePivot(step: PivotStep, input: Relation, place: StepPlace): PreparedPivot | Asked {
  const { compilation } = place;
  const bins: Record<'row' | 'column', Bins | undefined> = { row: undefined, column: undefined };
  for (const side of ['row', 'column'] as const) {
    const split = step[side];
    const field = split && columnOf(input, split.field);
    const options = split?.bin ?? (field?.name === '_time' && side === 'row' ? {} : undefined);
    if (!field || field.nothing || !options) continue;
    const found = binsOf(field, input, options, { compilation, key: `${place.key}.${side}` }, step.span);
    if (found.kind === 'question') return found;
    bins[side] = found;
  }
  const by = [step.row?.field, step.column?.field].filter((name) => name !== undefined);
  const keyed = groupKeys(step.row ? [step.row.field] : [], input, compilation, {});
  let relation = keyed.relation;
  let row = keyed.keys[0];
  let rowStart: Sql | undefined;
  if (row && bins.row) {
    const cut = binned(row, bins.row, compilation);
    const value = toColumn(cut.value);
    const ref = compilation.fresh(row.name);
    const starts =
      bins.row.kind === 'number' ? [{ ref: compilation.fresh('start'), value: cut.start.sql }] : [];
    relation = compilation.compute(relation, [{ ref, value: value.sql }, ...starts]);
    row = { name: row.name, type: value.type, ref };
    rowStart = starts[0]?.ref;
  }
  let column = step.column && columnOf(relation, step.column.field);
  if (step.column) {
    const ref = compilation.fresh(step.column.field);
    relation = compilation.compute(relation, [{ ref, value: seriesOf(column, bins.column, compilation) }]);
    column = { name: step.column.field, type: 'text', ref };
  }
  const arriving = arrival(relation, compilation);
  const timeBins = bins.row?.kind === 'time' ? bins.row.bins : undefined;
  const context = {
    ...compilation.aggregateContext(relation, arriving.expression),
    binSeconds: timeBins && integer(Math.max(1, Number(spanTicks(timeBins.span) / TICKS_PER_SECOND))),
  };
  const expanded = expandMeasures(step.measures, relation, by);
  const measures = compileMeasures(expanded, context, compilation);
  const columns = measures.map(({ name, result }) => ({
    name,
    type: toColumn(result).type,
    zero: counts.has(expanded.find((measure) => measure.name === name)?.function ?? ''),
  }));
  return {
    kind: 'prepared',
    relation: arriving.settle(),
    row,
    rowStart,
    column,
    measures,
    columns,
    timeBins,
  };
}

/** Statistics that are 0 where there is nothing to count. */
const counts: ReadonlySet<string> = new Set(['count', 'dc', 'estdc']);

/** The name of a row's series, one for each value of a multivalue; null where the row has none. */
function seriesOf(column: RelationColumn | undefined, bins: Bins | undefined, compilation: Compilation): Sql {
  if (!column || column.nothing) return sql`CAST(NULL, 'Nullable(String)')`;
  if (bins) return asText(binned(column, bins, compilation).value);
  if (column.type === 'text') return column.ref;
  if (column.type !== 'multivalue') return asText(typedColumn(column));
  return sql`arrayJoin(if(empty(${column.ref}), [NULL], CAST(${column.ref}, 'Array(Nullable(String))')))`;
}
