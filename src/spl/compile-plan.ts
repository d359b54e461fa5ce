import type { Diagnostic } from '../core/diagnostic.ts';
import { identifier, type Query, type Sql } from '../store/sql.ts';
import type { Column, RowSet } from '../store/store.ts';
import { Compilation, type Environment, type Facts } from './generate/compilation.ts';
import { dependsOnUnnamed, isFewRows } from './generate/event-rows.ts';
import { eventsRelation, shownMembers } from './generate/events-source.ts';
import { type FieldNeed, NEED_ALL } from './generate/field-need.ts';
import type { Asked } from './generate/generator.ts';
import { generatorOf } from './generate/generators.ts';
import { literalRelation } from './generate/literal-source.ts';
import type { Operator } from './generate/operator.ts';
import { fieldNeeds, isBroad, PATTERNS, presentFields, withPresent } from './generate/present-fields.ts';
import { columnOf, type EventRest, type Relation } from './generate/relation.ts';
import { type TableSource, tableRelation } from './generate/table-source.ts';
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
 * again. `event-rows`: few raw events with all their fields, the text of their JSON column behind the columns; the fields
 * that they have are the answer to `question`, and with it the same remainder is compiled again, whose result these rows
 * are but for the columns. `operate`: its rows, in order, go through the operator, and the search goes on with `steps` over what that gives.
 * `rows`: the rows follow from facts. `result`: its rows are the result.
 */
export type Segment =
  | (Compiled & { readonly kind: 'question'; readonly key: string })
  | (Compiled & {
      readonly kind: 'event-rows';
      readonly question: Pick<Compiled, 'query' | 'columns'> & { readonly key: string };
      /** Fields that may be taken from the JSON column. */
      readonly names: EventRest['names'];
    })
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
      readonly probes: readonly CompiledProbe[];
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

/**
 * SELECTs that may lie one in another before the rows are put down in a table: the time that the engine takes to analyse
 * them grows with the square of their number.
 */
const DEEPEST = 30;

function asksForAll(step: Step, input: Relation): boolean {
  if (step.kind === 'fill-null') return step.fields.length === 0;
  // Without the raw text, words are searched in all fields.
  return step.kind === 'search' && columnOf(input, '_raw')?.type !== 'text';
}

/** Compiles a search up to the first point where rows are needed. Pure: same arguments, same SQL. */
export function compileSegment(remainder: Remainder, environment: Environment, facts: Facts): Segment {
  const { source } = remainder;
  const steps = hoistRegexCalls(remainder.steps);
  const compilation = new Compilation(environment, facts);
  const needs = fieldNeeds(steps, facts);
  const wanted = withPresent(needs[0] ?? NEED_ALL, PATTERNS, facts);
  if (source.kind === 'events' && isBroad(wanted, environment)) {
    const all = eventsRelation(source, { ...wanted, all: true }, compilation);
    return question(presentFields(all, PATTERNS, compilation), compilation);
  }
  let relation = sourceRelation(source, wanted, compilation);
  let needsOnlyNamed = true;
  for (const [at, step] of steps.entries()) {
    if (dependsOnUnnamed(step, relation)) needsOnlyNamed = false;
    if (relation.rest && asksForAll(step, relation))
      return question(presentFields(relation, at, compilation), compilation);
    if (compilation.depth > DEEPEST) {
      // A table takes no fields without a name, so these are asked for first.
      if (relation.rest) return question(presentFields(relation, at, compilation), compilation);
      return operate(relation, putDown, steps.slice(at), compilation);
    }
    if (!keepsRows.has(step.kind))
      compilation.probes = compilation.probes.map((probe) => ({ ...probe, rowsKept: false }));
    const outcome = generatorOf(step).generate(step, relation, { compilation, key: `step${at}` });
    if (outcome.kind === 'question') return question(outcome, compilation);
    if (outcome.kind === 'rows') {
      const { columns, rows, timeOrder } = outcome;
      const { diagnostics } = compilation;
      const probes = probesOf(compilation);
      return { kind: 'rows', columns, rows, timeOrder, diagnostics, probes, steps: steps.slice(at + 1) };
    }
    if (outcome.kind === 'operate') {
      if (outcome.input.rest) return question(presentFields(outcome.input, at, compilation), compilation);
      return operate(outcome.input, outcome.operator, steps.slice(at + 1), compilation);
    }
    relation = outcome;
  }
  if (relation.rest) {
    const asked = presentFields(relation, steps.length, compilation);
    return needsOnlyNamed && isFewRows(relation)
      ? eventRows(relation, relation.rest, asked, compilation)
      : question(asked, compilation);
  }
  const shown = relation.listed ? relation : inShownOrder(relation);
  return {
    kind: 'result',
    ...compiled(ordered(shown, compilation), columnsOf(shown), compilation),
    probes: probesOf(compilation),
  };
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

function question({ question: { key, sql: text, columns } }: Asked, compilation: Compilation): Segment {
  return { kind: 'question', key, ...compiled(text, columns, compilation) };
}

function eventRows(
  relation: Relation,
  { json, names }: EventRest,
  { question: { key, sql: asked, columns } }: Asked,
  compilation: Compilation,
): Segment {
  const text = ordered(relation, compilation, [json]);
  const { parameters } = compilation;
  return {
    kind: 'event-rows',
    names,
    question: { key, query: { sql: asked, parameters: parameters.values }, columns },
    ...compiled(text, columnsOf(relation), compilation),
  };
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
    ...compiled(ordered(input, compilation), columnsOf(input), compilation),
    probes: probesOf(compilation),
  };
}

/** Passes rows as they are: a chain of SELECTs that is too long goes on from a table. */
const putDown: Operator = {
  title: 'table',
  columns: (input) => input,
  run: (rows) => rows,
};

function columnsOf(relation: Relation): Column[] {
  return relation.columns.map(({ name, type }) => ({ name, type }));
}

function ordered(relation: Relation, compilation: Compilation, more: readonly Sql[] = []): Sql {
  const values = [...relation.columns.map(({ ref }) => ref), ...more];
  return compilation.show(
    relation,
    values.map((value, at) => ({ ref: identifier(`c${at}`), value })),
  );
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
