import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Ticks } from '../../core/ticks.ts';
import { identifier, integer, joinSql, Parameters, type Sql, sql } from '../../store/sql.ts';
import type { Column, FieldCatalogue, RowSet } from '../../store/store.ts';
import { asTime } from '../coerce.ts';
import type { AggregateContext, CompileContext } from '../compile-context.ts';
import { readSearchText } from '../search-text.ts';
import { columnOf, type Relation, typedColumn } from './relation.ts';
import { compileTestIn } from './row-test.ts';

/** Most rows and columns that one search may make, see `spl-semantics` section 19. */
export interface SearchLimits {
  /** Columns that data may make: series of a chart, names made of values. */
  readonly columns: number;
  /** Bins of a chart. */
  readonly bins: number;
}

export const DEFAULT_LIMITS: SearchLimits = { columns: 10_000, bins: 50_000 };

/** What a search is compiled against. */
export interface Environment {
  readonly catalogue: FieldCatalogue;
  /** When the search started. */
  readonly now: Ticks;
  /** IANA name. */
  readonly timezone: string;
  /** The search's time range, half open; null is open. */
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  readonly limits: SearchLimits;
  /** Raw events are shown with the identity that the store gave them, `_id`. */
  readonly eventIds?: boolean;
}

/** A SELECT whose rows the runner has to fetch before compiling can go on. */
export interface Question {
  /** Names the fact that its rows are. */
  readonly key: string;
  readonly sql: Sql;
  readonly columns: readonly Column[];
}

/** Rows that questions were answered with, by key. */
export type Facts = ReadonlyMap<string, RowSet>;

/** A count that tells, after the search, whether a limit cut something: it did where the count is above `limit`. */
export interface Probe {
  readonly sql: Sql;
  readonly limit: number;
  readonly diagnostic: Diagnostic;
  /** Rows at this point are rows of the result: the probe is idle where fewer than `limit` rows came. */
  readonly rowsKept: boolean;
}

/** The SELECTs of one statement while they are written. */
export class Compilation {
  readonly environment: Environment;
  readonly facts: Facts;
  readonly parameters = new Parameters();
  readonly diagnostics: Diagnostic[] = [];
  probes: Probe[] = [];
  /** Fields of events that the statement reads; undefined where it reads none, or all. */
  reads: readonly string[] | undefined;
  readonly #selects: Sql[] = [];
  #names = 0;

  constructor(environment: Environment, facts: Facts) {
    this.environment = environment;
    this.facts = facts;
  }

  report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }

  /** A column name that nothing else in the statement has; `hint` makes it readable. */
  fresh(hint: string): Sql {
    const word = hint.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, 40);
    return identifier(`${word}_${++this.#names}`);
  }

  /** Adds a SELECT to the statement and gives its name. */
  define(select: Sql): Sql {
    const name = identifier(`s${this.#selects.length}`);
    this.#selects.push(sql`${name} AS (${select})`);
    return name;
  }

  /** How many SELECTs lie one in another. */
  get depth(): number {
    return this.#selects.length;
  }

  /** The whole statement: the SELECTs defined so far and the last one. */
  statement(last: Sql): Sql {
    const names = joinSql(this.#selects, sql`,\n`);
    const limit = sql`SETTINGS max_subquery_depth = ${integer(10_000)}`;
    return this.#selects.length === 0 ? sql`${last}\n${limit}` : sql`WITH ${names}\n${last}\n${limit}`;
  }

  /** The relation read anew with more columns computed. */
  select(
    relation: Relation,
    additions: readonly { readonly ref: Sql; readonly value: Sql }[],
    tail?: Sql,
  ): Relation {
    const values = additions.map(({ ref, value }) => sql`, ${value} AS ${ref}`);
    return {
      ...relation,
      from: this.define(sql`SELECT *${joinSql(values, sql``)} FROM ${relation.from}${tail ?? sql``}`),
    };
  }

  /** What expressions over the relation's rows are compiled against. */
  context(relation: Relation): CompileContext {
    const { now, timezone } = this.environment;
    const context: CompileContext = {
      parameters: this.parameters,
      now,
      timezone,
      field: (name) => {
        const column = columnOf(relation, name);
        if (column) return typedColumn(column);
        if (relation.rest?.names.has(name)) throw new Error(`the field ${name} was not read`);
        return undefined;
      },
      report: (diagnostic) => this.report(diagnostic),
      searchTest: (text, span) => {
        const test = readSearchText(text, span, context.report);
        return test && compileTestIn(test, relation, context);
      },
    };
    return context;
  }

  /** The same for statistics. `arrivalOrder` is only asked for by those that need it. */
  aggregateContext(relation: Relation, arrivalOrder: () => Sql | undefined): AggregateContext {
    const time = columnOf(relation, '_time');
    return {
      ...this.context(relation),
      get arrivalOrder() {
        return arrivalOrder();
      },
      eventTime: time && asTime(typedColumn(time)),
    };
  }
}
