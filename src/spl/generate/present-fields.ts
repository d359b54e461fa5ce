import { decodeJsonKey, encodeJsonKey } from '../../store/json-key.ts';
import { joinSql, sql } from '../../store/sql.ts';
import type { Cell, RowSet } from '../../store/store.ts';
import type { Step } from '../plan.ts';
import type { Compilation, Environment, Facts } from './compilation.ts';
import { type FieldNeed, NEED_ALL } from './field-need.ts';
import { patternReaches } from './field-pattern.ts';
import type { Asked } from './generator.ts';
import { generatorOf } from './generators.ts';
import type { Relation } from './relation.ts';
import { hasValue } from './typed-column.ts';

/** Stands for the source in place of the number of a step: what the steps' patterns mean there. */
export const PATTERNS = 'patterns';

/** Fields of a pattern from which on it pays to ask which of them are there. */
const MANY_FIELDS = 32;

/** The need before each step, and at the end. Where the fields that rows have are known, they stand for all. */
export function fieldNeeds(steps: readonly Step[], facts: Facts): FieldNeed[] {
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
export function withPresent(wanted: FieldNeed, at: number | typeof PATTERNS, facts: Facts): FieldNeed {
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
export function isBroad({ patterns }: FieldNeed, { catalogue }: Environment): boolean {
  if (patterns.has('*')) return true;
  const meant = [...catalogue.keys()].filter((name) =>
    [...patterns].some((pattern) => patternReaches(pattern, name)),
  );
  return meant.length > MANY_FIELDS;
}

const answerColumns: RowSet['columns'] = [
  { name: 'columns', type: 'multivalue' },
  { name: 'paths', type: 'multivalue' },
];

function presentKey(at: number | typeof PATTERNS): string {
  return `present${at}`;
}

/** Which fields the rows have at all: by their columns, and by the paths of the JSON column. */
export function presentFields(
  relation: Relation,
  at: number | typeof PATTERNS,
  compilation: Compilation,
): Asked {
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
    question: {
      key: presentKey(at),
      sql: text,
      columns: answerColumns,
    },
  };
}

/** What the question would be answered with, for fields that are known already. */
export function presentAnswer(present: {
  readonly columns: readonly string[];
  readonly json: readonly string[];
}): RowSet {
  return { columns: answerColumns, rows: [[present.columns, present.json.map(encodeJsonKey)]] };
}

function texts(cell: Cell | undefined): readonly string[] {
  return Array.isArray(cell) ? (cell as readonly string[]) : [];
}
