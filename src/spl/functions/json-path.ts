import { integer, joinSql, type Parameters, type Sql, sql } from '../../store/sql.ts';

/** One step of `a.b{0}.c{}`: a member's name, an element counted from 0, or all elements. */
export type JsonStep =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'all' };

/** Reads a path (Splunk documentation, spath); undefined where it is none. */
export function parseJsonPath(path: string): readonly JsonStep[] | undefined {
  const steps: JsonStep[] = [];
  const pattern = /(?:^|\.)([^.{}]+)|\{(\d*)\}/y;
  while (pattern.lastIndex < path.length) {
    const found = pattern.exec(path);
    if (!found) return undefined;
    const [, name, at] = found;
    if (name !== undefined) steps.push({ kind: 'key', name });
    else steps.push(at === '' ? { kind: 'all' } : { kind: 'index', at: Number(at) });
  }
  return steps;
}

/** The step as an argument of the engine's JSON functions. */
export function stepArgument(step: Exclude<JsonStep, { kind: 'all' }>, parameters: Parameters): Sql {
  return step.kind === 'key' ? parameters.bind(step.name, 'String') : integer(step.at + 1);
}

/** The JSON text at a path without `{}`; empty where there is none. */
export function rawAt(json: Sql, steps: readonly JsonStep[], parameters: Parameters): Sql {
  const plain = steps.filter((step) => step.kind !== 'all');
  return sql`JSONExtractRaw(${joinSql([json, ...plain.map((step) => stepArgument(step, parameters))], sql`, `)})`;
}

/** Array(String): the JSON texts at a path in which `{}` may stand for all elements. */
export function allRawAt(
  json: Sql,
  steps: readonly JsonStep[],
  parameters: Parameters,
  variable: () => Sql,
): Sql {
  const [head, tail] = splitAtAll(steps);
  if (!tail) return sql`arrayFilter(raw -> notEmpty(raw), [${rawAt(json, head, parameters)}])`;
  const element = variable();
  const elements = sql`JSONExtractArrayRaw(${joinSql([json, ...head.map((step) => stepArgument(step, parameters))], sql`, `)})`;
  return tail.length === 0
    ? elements
    : sql`arrayFlatten(arrayMap(${element} -> ${allRawAt(element, tail, parameters, variable)}, ${elements}))`;
}

type PlainStep = Exclude<JsonStep, { readonly kind: 'all' }>;

function splitAtAll(
  steps: readonly JsonStep[],
): readonly [readonly PlainStep[], readonly JsonStep[] | undefined] {
  const head: PlainStep[] = [];
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'all') return [head, steps.slice(at + 1)];
    head.push(step);
  }
  return [head, undefined];
}

/** What a JSON text is as a field's value: a string without its quotes, null for JSON's null and for nothing. */
export function unquoted(raw: Sql): Sql {
  return sql`if(${raw} IN ('', 'null'), NULL, if(startsWith(${raw}, '"'), JSONExtractString(${raw}), ${raw}))`;
}
