import { integer, type Parameters, type Sql, sql } from '../../store/sql.ts';
import { share } from '../share.ts';
import type { JsonStep } from './json-path.ts';
import { jsonArray, jsonString } from './json-value.ts';

/** What becomes of the value at the end of a path: its new JSON text, or undefined to take it out. */
export type JsonEdit = (raw: Sql) => Sql | undefined;

/** Tools that an edit needs besides the path. */
export interface JsonEditing {
  readonly parameters: Parameters;
  readonly variable: () => Sql;
  /** Whether a member that does not exist is added. */
  readonly add: boolean;
}

/**
 * JSON with the value at a path changed; everything else stays as it is and in its order. `json` is a never-null String; a
 * step that does not fit the JSON leaves it as it was.
 */
export function editJson(json: Sql, path: readonly JsonStep[], edit: JsonEdit, editing: JsonEditing): Sql {
  const [step, ...rest] = path;
  if (!step) return edit(json) ?? json;
  const inner = (raw: Sql) => (rest.length === 0 ? edit(raw) : editJson(raw, rest, edit, editing));
  return share(json, (whole) =>
    step.kind === 'key'
      ? editObject(whole, editing.parameters.bind(step.name, 'String'), inner, editing)
      : editArray(whole, step.kind === 'index' ? integer(step.at + 1) : undefined, inner, editing),
  );
}

function editObject(json: Sql, name: Sql, edit: JsonEdit, { variable, add }: JsonEditing): Sql {
  const member = variable();
  const members = sql`JSONExtractKeysAndValuesRaw(${json})`;
  const written = (key: Sql, value: Sql) => sql`concat(${jsonString(key)}, ':', ${value})`;
  const plain = written(sql`${member}.1`, sql`${member}.2`);
  const changed = edit(sql`${member}.2`);
  const kept = changed
    ? sql`arrayMap(${member} -> if(${member}.1 = ${name}, ${written(name, changed)}, ${plain}), ${members})`
    : sql`arrayMap(${member} -> ${plain}, arrayFilter(${member} -> ${member}.1 != ${name}, ${members}))`;
  const fresh = add ? edit(sql`'{}'`) : undefined;
  const all = fresh
    ? sql`arrayConcat(${kept}, if(JSONHas(${json}, ${name}), CAST([], 'Array(String)'), [${written(name, fresh)}]))`
    : kept;
  return sql`if(JSONType(${json}) = 'Object', concat('{', arrayStringConcat(${all}, ','), '}'), ${json})`;
}

function editArray(json: Sql, at: Sql | undefined, edit: JsonEdit, { variable }: JsonEditing): Sql {
  const [element, position] = [variable(), variable()];
  const elements = sql`JSONExtractArrayRaw(${json})`;
  const changed = edit(element);
  const wanted = at ? sql`${position} = ${at}` : sql`1`;
  const all = changed
    ? sql`arrayMap((${element}, ${position}) -> if(${wanted}, ${changed}, ${element}), ${elements}, arrayEnumerate(${elements}))`
    : sql`arrayFilter((${element}, ${position}) -> NOT (${wanted}), ${elements}, arrayEnumerate(${elements}))`;
  return sql`if(JSONType(${json}) = 'Array', ${jsonArray(all)}, ${json})`;
}
