import { TICKS_PER_SECOND } from '../../core/ticks.ts';
import { identifier, integer, sql } from '../../store/sql.ts';
import { bindTime } from '../../store/time-sql.ts';
import type { LiteralSource } from '../plan.ts';
import type { Compilation } from './compilation.ts';
import type { NamedValue } from './open-select.ts';
import type { Relation, RelationColumn } from './relation.ts';
import { nullOf } from './typed-column.ts';

const annotations = ['host', 'source', 'sourcetype', 'splunk_server', '_raw'] as const;

/** `makeresults`: rows of the search's own. */
export function literalRelation(source: LiteralSource, compilation: Compilation): Relation {
  const { parameters, environment } = compilation;
  const row = compilation.fresh('row');
  const number = identifier('number');
  const values: NamedValue[] = [{ ref: row, value: sql`toInt64(${number})` }];
  const columns: RelationColumn[] = [];
  if (source.withTime) {
    const ref = compilation.fresh('_time');
    const second = (environment.now / TICKS_PER_SECOND) * TICKS_PER_SECOND;
    values.push({
      ref,
      value: sql`CAST(${bindTime(parameters, second)}, 'Nullable(DateTime64(7, ''UTC''))')`,
    });
    columns.push({ name: '_time', type: 'time', ref });
  }
  if (source.annotate)
    for (const name of annotations) {
      const ref = compilation.fresh(name);
      values.push({ ref, value: nullOf('text') });
      columns.push({ name, type: 'text', ref });
    }
  for (const [at, name] of source.columns.entries()) {
    const ref = compilation.fresh(name);
    const cells = source.rows.map((cells) => cells[at] ?? null);
    const texts = parameters.bind(
      cells.map((cell) => cell ?? ''),
      'Array(String)',
    );
    const present = parameters.bind(
      cells.map((cell) => (cell === null ? '' : '1')),
      'Array(String)',
    );
    values.push({
      ref,
      value: sql`if(${present}[${number} + 1] = '', NULL, ${texts}[${number} + 1])`,
    });
    columns.push({ name, type: 'text', ref });
  }
  const count = source.columns.length > 0 ? source.rows.length : source.count;
  return {
    kind: 'relation',
    from: compilation.read(sql`numbers(${integer(count)})`, values),
    columns,
    identity: row,
    listed: true,
    rest: undefined,
    order: [{ ref: row, descending: false, nullsFirst: false, ascending: row }],
    timeOrder: undefined,
  };
}
