import { type Sql, sql } from '../../store/sql.ts';
import type { Cell, ColumnType, QueryLimits, Store } from '../../store/store.ts';
import { Compilation, type Environment } from '../generate/compilation.ts';
import { eventsRelation } from '../generate/events-source.ts';
import { need } from '../generate/field-need.ts';
import type { Relation } from '../generate/relation.ts';
import { compileRowTest } from '../generate/row-test.ts';
import type { EventsSource } from '../plan.ts';
import type { SearchExpression } from '../search-expression.ts';

/** A search whose events are counted: `source` without its test, and what is counted among them. */
export interface CountedScope {
  readonly store: Store;
  readonly environment: Environment;
  readonly source: EventsSource;
  readonly limits: QueryLimits;
}

/**
 * One statement of counts over the events of a scope: conditions are computed once an event, and combined in as many counts as
 * are asked for, all in one scan.
 */
export class CountedTests {
  readonly compilation: Compilation;
  readonly #scope: CountedScope;
  #relation: Relation;
  readonly #calls: { readonly ref: Sql; readonly value: Sql; readonly type: ColumnType }[] = [];

  /** `fields` are those that any of the conditions read. */
  constructor(scope: CountedScope, fields: Iterable<string>) {
    this.#scope = scope;
    this.compilation = new Compilation(scope.environment, new Map());
    const source = { ...scope.source, test: undefined };
    this.#relation = eventsRelation(source, need([...fields, '_id']), this.compilation);
  }

  get relation(): Relation {
    return this.#relation;
  }

  /** A value of each event, computed once. */
  value(hint: string, value: Sql): Sql {
    const ref = this.compilation.fresh(hint);
    this.#relation = this.compilation.compute(this.#relation, [{ ref, value }]);
    return ref;
  }

  /** Whether an event meets a search expression, parts of which may be given as conditions. */
  test(expression: SearchExpression | undefined, instead?: ReadonlyMap<SearchExpression, Sql>): Sql {
    if (expression === undefined) return sql`1`;
    return compileRowTest(expression, this.#relation, this.compilation, instead);
  }

  /** Asks for a statistic; gives its place in the answer. */
  ask(value: Sql, type: ColumnType = 'number'): number {
    return this.#calls.push({ ref: this.compilation.fresh('n'), value, type }) - 1;
  }

  count(test: Sql): number {
    return this.ask(sql`countIf(${test})`);
  }

  /** Runs the statement: the statistics in the order in which they were asked for. */
  async run(): Promise<readonly Cell[]> {
    const from = this.compilation.group(this.#relation.from, [], this.#calls);
    const text = this.compilation.show(
      { from, order: [] },
      this.#calls.map(({ ref }, at) => ({ ref: this.compilation.fresh(`c${at}`), value: ref })),
    );
    const columns = this.#calls.map(({ type }, at) => ({ name: `c${at}`, type }));
    const query = { sql: text, parameters: this.compilation.parameters.values };
    for await (const block of this.#scope.store.rows(query, columns, this.#scope.limits))
      for (const row of block) return row;
    return [];
  }
}
