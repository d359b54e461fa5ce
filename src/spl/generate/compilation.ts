import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Ticks } from '../../core/ticks.ts';
import { identifier, identifiersIn, integer, joinSql, Parameters, type Sql, sql } from '../../store/sql.ts';
import type { Column, FieldCatalogue, RowSet } from '../../store/store.ts';
import { asTime } from '../coerce.ts';
import type { AggregateContext, CompileContext } from '../compile-context.ts';
import { readSearchText } from '../search-text.ts';
import {
  computing,
  grouping,
  keeping,
  type NamedValue,
  type OpenSelect,
  openText,
  passing,
  readingFrom,
  showing,
  taking,
} from './open-select.ts';
import { columnOf, orderTexts, type Relation, typedColumn } from './relation.ts';
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

/** A SELECT that is written, or one into which the next step can be written. */
type SelectText = { readonly text: Sql } | { readonly open: OpenSelect };

type Reading = Pick<Relation, 'from'>;

/** SELECTs that may lie one in another where the engine was told of no other limit. */
const SHALLOW = 50;

/** The SELECTs of one statement while they are written. */
export class Compilation {
  readonly environment: Environment;
  readonly facts: Facts;
  readonly parameters = new Parameters();
  readonly diagnostics: Diagnostic[] = [];
  probes: Probe[] = [];
  /** Fields of events that the statement reads; undefined where it reads none, or all. */
  reads: readonly string[] | undefined;
  readonly #selects = new Map<string, SelectText & { readonly name: Sql; readonly depth: number }>();
  #depth = 0;
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
    return this.#add({ text: select, reads: identifiersIn(select) });
  }

  /** Columns of a table, under names of our own. */
  read(table: Sql, values: readonly NamedValue[], where: readonly Sql[] = []): Sql {
    return this.#addOpen(readingFrom(table, values, where));
  }

  /** The same with more columns computed. */
  compute<R extends Reading>(relation: R, additions: readonly NamedValue[]): R {
    return { ...relation, from: this.#goOn(relation.from, (open) => computing(open, additions)) };
  }

  /** The same with only the rows that pass the test, which stands in brackets where it is an OR. */
  keep<R extends Reading>(relation: R, test: Sql): R {
    return { ...relation, from: this.#goOn(relation.from, (open) => keeping(open, test)) };
  }

  /** The first rows in the relation's order. */
  take(relation: Relation, count: number): Relation {
    const order = orderTexts(relation.order);
    return {
      ...relation,
      from: this.#goOn(relation.from, (open) => taking(open, order, count)),
      atMost: Math.min(count, relation.atMost ?? count),
    };
  }

  /** One row for each combination of the keys; without keys one row. */
  group(from: Sql, keys: readonly Sql[], calls: readonly NamedValue[]): Sql {
    return this.#goOn(from, (open) => grouping(open, keys, calls));
  }

  /** The statement that gives the values in the relation's order. */
  show(relation: Pick<Relation, 'from' | 'order'>, values: readonly NamedValue[]): Sql {
    const order = orderTexts(relation.order);
    return this.statement(this.#change(relation.from, (open) => showing(open, values, order)));
  }

  /** The whole statement: the last SELECT, and those defined so far that it is made of. */
  statement(last: Sql): Sql {
    const used = new Set(identifiersIn(last));
    const parts: Sql[] = [];
    let depth = 0;
    for (const select of [...this.#selects.values()].reverse()) {
      if (!used.has(select.name.text)) continue;
      const text = 'text' in select ? select.text : openText(select.open, (name) => used.has(name));
      for (const name of identifiersIn(text)) used.add(name);
      parts.unshift(sql`${select.name} AS (${text})`);
      depth = Math.max(depth, select.depth);
    }
    const names = parts.length > 0 ? sql`WITH ${joinSql(parts, sql`,\n`)}\n` : sql``;
    const limit = depth < SHALLOW ? sql`` : sql`\nSETTINGS max_subquery_depth = ${integer(10_000)}`;
    return sql`${names}${last}${limit}`;
  }

  /** How many SELECTs lie one in another. */
  get depth(): number {
    return this.#depth;
  }

  #goOn(from: Sql, change: (open: OpenSelect) => OpenSelect | undefined): Sql {
    return this.#addOpen(this.#change(from, change));
  }

  /** What the change makes of the SELECT, or of one that passes all that it gives. */
  #change<T>(from: Sql, change: (open: OpenSelect) => T | undefined): T {
    const select = this.#selects.get(from.text);
    const changed = (select && 'open' in select ? change(select.open) : undefined) ?? change(passing(from));
    if (changed === undefined) throw new Error('a SELECT that passes all columns takes every change');
    return changed;
  }

  #addOpen(open: OpenSelect): Sql {
    return this.#add({ open, reads: [open.from, ...open.where].flatMap(identifiersIn) });
  }

  #add(select: SelectText & { readonly reads: readonly string[] }): Sql {
    const name = identifier(`s${this.#selects.size}`);
    const depth = 1 + Math.max(0, ...select.reads.map((found) => this.#selects.get(found)?.depth ?? 0));
    this.#depth = Math.max(this.#depth, depth);
    this.#selects.set(name.text, { ...select, name, depth });
    return name;
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
