import type { Diagnostic } from '../core/diagnostic.ts';
import { decodeJsonKey } from '../store/json-key.ts';
import { identifier, joinSql, type Query, type Sql, sql } from '../store/sql.ts';
import type { Cell, Column, RowSet } from '../store/store.ts';
import { Compilation, type Environment, type Facts } from './generate/compilation.ts';
import { eventsRelation, shownMembers } from './generate/events-source.ts';
import { type FieldNeed, NEED_ALL } from './generate/field-need.ts';
import { patternReaches } from './generate/field-pattern.ts';
import { generatorOf } from './generate/generators.ts';
import { literalRelation } from './generate/literal-source.ts';
import type { Operator } from './generate/operator.ts';
import { orderClause, type Relation } from './generate/relation.ts';
import { placeName, type TableSource, tableRelation } from './generate/table-source.ts';
import { hasValue } from './generate/typed-column.ts';
import { hoistRegexCalls } from './hoist-regex.ts';
import type { Source, Step } from './plan.ts';

/** The rest of a search: where its rows come from, and the steps to come. */
export interface Remainder {
  readonly source: Source | TableSource;
  readonly steps: readonly Step[];
}

export interface CompiledProbe {
  readonly query: Query;
  readonly limit: number;
  readonly diagnostic: Diagnostic;
  /** The probe is idle where the segment gave fewer than `limit` rows. */
  readonly rowsKept: boolean;
}

interface Compiled {
  readonly query: Query;
  readonly columns: readonly Column[];
  readonly diagnostics: readonly Diagnostic[];
  /** Fields of events that it reads; undefined where it reads no events, or all fields. */
  readonly reads: readonly string[] | undefined;
}

/**
 * One segment of a search as SQL. `question`: its rows are the fact `key`, with which the same remainder is compiled
 * again. `operate`: its rows, in order, go through the operator, and the search goes on with `steps` over what that gives.
 * `rows`: the rows follow from facts. `result`: its rows are the result.
 */
export type Segment =
  | (Compiled & { readonly kind: 'question'; readonly key: string })
  | (Compiled & {
      readonly kind: 'operate';
      readonly operator: Operator;
      readonly probes: readonly CompiledProbe[];
      readonly steps: readonly Step[];
      readonly timeOrder: Relation['timeOrder'];
      readonly listed: boolean;
    })
  | {
      readonly kind: 'rows';
      readonly columns: readonly Column[];
      readonly rows: RowSet['rows'];
      readonly diagnostics: readonly Diagnostic[];
      readonly steps: readonly Step[];
      readonly timeOrder: Relation['timeOrder'];
    }
  | (Compiled & { readonly kind: 'result'; readonly probes: readonly CompiledProbe[] });

/** Steps that give as many rows as they take. */
const keepsRows: ReadonlySet<Step['kind']> = new Set([
  'extend',
  'extract',
  'substitute',
  'project',
  'rename',
  'reverse',
  'event-aggregate',
  'running-aggregate',
  'bin',
  'fill-null',
  'convert',
]);

/** SELECTs that may lie one in another before the rows are put down in a table. */
const DEEPEST = 150;

/** Stands for the source in place of the number of a step: what the steps' patterns mean there. */
const PATTERNS = 'patterns';

const MANY_FIELDS = 32;

/** Compiles a search up to the first point where rows are needed. Pure: same arguments, same SQL. */
export function compileSegment(remainder: Remainder, environment: Environment, facts: Facts): Segment {
  const { source } = remainder;
  const steps = hoistRegexCalls(remainder.steps);
  const compilation = new Compilation(environment, facts);
  const needs = fieldNeeds(steps, facts);
  const wanted = withPresent(needs[0] ?? NEED_ALL, PATTERNS, facts);
  if (source.kind === 'events' && isBroad(wanted, environment)) {
    const all = eventsRelation(source, { ...wanted, all: true }, compilation);
    return presentFields(all, PATTERNS, compilation);
  }
  let relation = sourceRelation(source, wanted, compilation);
  for (const [at, step] of steps.entries()) {
    if (relation.rest && asksForAll(step)) return presentFields(relation, at, compilation);
    if (compilation.depth > DEEPEST && !relation.rest)
      return operate(relation, putDown, steps.slice(at), compilation);
    if (!keepsRows.has(step.kind))
      compilation.probes = compilation.probes.map((probe) => ({ ...probe, rowsKept: false }));
    const outcome = generatorOf(step).generate(step, relation, { compilation, key: `step${at}` });
    if (outcome.kind === 'question') {
      const { key, sql: text, columns } = outcome.question;
      return { kind: 'question', key, ...compiled(text, columns, compilation) };
    }
    if (outcome.kind === 'rows') {
      const { columns, rows, timeOrder } = outcome;
      const { diagnostics } = compilation;
      return { kind: 'rows', columns, rows, timeOrder, diagnostics, steps: steps.slice(at + 1) };
    }
    if (outcome.kind === 'operate') {
      if (outcome.input.rest) return presentFields(outcome.input, at, compilation);
      return operate(outcome.input, outcome.operator, steps.slice(at + 1), compilation);
    }
    relation = outcome;
  }
  if (relation.rest) return presentFields(relation, steps.length, compilation);
  const shown = relation.listed ? relation : inShownOrder(relation);
  return {
    kind: 'result',
    ...compiled(compilation.statement(ordered(shown)), columnsOf(shown), compilation),
    probes: probesOf(compilation),
  };
}

/** The need before each step, and at the end. Where the fields that rows have are known, they stand for all. */
function fieldNeeds(steps: readonly Step[], facts: Facts): FieldNeed[] {
  const known = (at: number, wanted: FieldNeed) => (wanted.all ? withPresent(wanted, at, facts) : wanted);
  const needs: FieldNeed[] = [];
  let wanted = known(steps.length, NEED_ALL);
  needs[steps.length] = wanted;
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at] as Step;
    wanted = known(at, generatorOf(step).needs(step, wanted));
    needs[at] = wanted;
  }
  return needs;
}

/** The need with all and patterns replaced by the names that are known to be there, where they are known. */
function withPresent(wanted: FieldNeed, at: number | typeof PATTERNS, facts: Facts): FieldNeed {
  const fact = facts.get(presentKey(at));
  if (!fact) return wanted;
  const [columns, paths] = fact.rows[0] ?? [];
  const present = [...texts(columns), ...texts(paths).map(decodeJsonKey)];
  const isMeant = (name: string) =>
    at !== PATTERNS || [...wanted.patterns].some((pattern) => patternReaches(pattern, name));
  return {
    all: at === PATTERNS && wanted.all,
    names: new Set([...wanted.names, ...present.filter(isMeant)]),
    patterns: at === PATTERNS ? new Set() : wanted.patterns,
  };
}

/** Whether patterns mean so many fields of the catalogue that it pays to ask which of them the events have. */
function isBroad({ patterns }: FieldNeed, { catalogue }: Environment): boolean {
  if (patterns.has('*')) return true;
  const meant = [...catalogue.keys()].filter((name) =>
    [...patterns].some((pattern) => patternReaches(pattern, name)),
  );
  return meant.length > MANY_FIELDS;
}

function asksForAll(step: Step): boolean {
  return step.kind === 'fill-null' && step.fields.length === 0;
}

function presentKey(at: number | typeof PATTERNS): string {
  return `present${at}`;
}

function sourceRelation(source: Remainder['source'], wanted: FieldNeed, compilation: Compilation): Relation {
  switch (source.kind) {
    case 'events':
      return eventsRelation(source, wanted, compilation);
    case 'literal':
      return literalRelation(source, compilation);
    case 'table':
      return tableRelation(source, compilation);
  }
}

/** Which fields the rows have at all: by their columns, and by the paths of the JSON column. */
function presentFields(relation: Relation, at: number | typeof PATTERNS, compilation: Compilation): Segment {
  const { parameters } = compilation;
  const names = relation.columns.map((column) => {
    const name = parameters.bind(column.name, 'String');
    return sql`if(max(${hasValue(column)}) = 1, [${name}], [])`;
  });
  const columns =
    names.length > 0 ? sql`arrayConcat(${joinSql(names, sql`, `)})` : sql`CAST([], 'Array(String)')`;
  const json = relation.rest?.json ?? sql`''`;
  const text = compilation.statement(
    sql`SELECT ${columns} AS columns, distinctJSONPaths(${json}) AS paths FROM ${relation.from}`,
  );
  return {
    kind: 'question',
    key: presentKey(at),
    ...compiled(
      text,
      [
        { name: 'columns', type: 'multivalue' },
        { name: 'paths', type: 'multivalue' },
      ],
      compilation,
    ),
  };
}

function texts(cell: Cell | undefined): readonly string[] {
  return Array.isArray(cell) ? (cell as readonly string[]) : [];
}

function operate(
  input: Relation,
  operator: Operator,
  steps: readonly Step[],
  compilation: Compilation,
): Segment {
  return {
    kind: 'operate',
    operator,
    steps,
    timeOrder: input.timeOrder,
    listed: input.listed,
    ...compiled(compilation.statement(ordered(input)), columnsOf(input), compilation),
    probes: probesOf(compilation),
  };
}

/** Passes rows as they are: a chain of SELECTs that is too long goes on from a table. */
const putDown: Operator = {
  title: 'put the rows down in a table',
  columns: (input) => input,
  run: (rows) => rows,
};

function columnsOf(relation: Relation): Column[] {
  return relation.columns.map(({ name, type }) => ({ name, type }));
}

function ordered(relation: Relation): Sql {
  const values = relation.columns.map(({ ref }, at) => sql`${ref} AS ${identifier(placeName(at))}`);
  const shown = values.length > 0 ? joinSql(values, sql`, `) : sql`1 AS nothing`;
  return sql`SELECT ${shown} FROM ${relation.from}${orderClause(relation.order)}`;
}

/** Raw events: what every event has in a fixed order, then the other fields by name. */
function inShownOrder(relation: Relation): Relation {
  const rank = ({ name }: Column): number => {
    const at = (shownMembers as readonly string[]).indexOf(name);
    return at < 0 ? shownMembers.length : at;
  };
  const columns = relation.columns.toSorted(
    (one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1),
  );
  return { ...relation, columns };
}

function compiled(text: Sql, columns: readonly Column[], compilation: Compilation): Compiled {
  return {
    query: { sql: text, parameters: compilation.parameters.values },
    columns,
    diagnostics: compilation.diagnostics,
    reads: compilation.reads,
  };
}

function probesOf(compilation: Compilation): CompiledProbe[] {
  return compilation.probes.map(({ sql: text, ...probe }) => ({
    ...probe,
    query: { sql: compilation.statement(text), parameters: compilation.parameters.values },
  }));
}
