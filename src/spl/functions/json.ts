import { type Sql, sql } from '../../store/sql.ts';
import { asMultivalue, asText, nothing } from '../coerce.ts';
import { diagnose } from '../diagnostics.ts';
import { share } from '../share.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { EvalFunction, FunctionCall } from './eval-function.ts';
import { editJson, type JsonEdit } from './json-edit.ts';
import { allRawAt, type JsonStep, parseJsonPath, rawAt, unquoted } from './json-path.ts';
import { elementsOf, jsonArray, jsonString, jsonValue } from './json-value.ts';

const many = Number.POSITIVE_INFINITY;

/** The JSON argument as a never-null String; what is null is no JSON. */
function jsonText(call: FunctionCall, at = 0): Sql {
  return sql`ifNull(${asText(call.argument(at))}, '')`;
}

/** The path in an argument; undefined and a diagnostic where it is none. `exact`: one key, taken as it stands. */
function pathAt(call: FunctionCall, at: number, exact: boolean): readonly JsonStep[] | undefined {
  const text = call.text(at);
  if (text === undefined) return undefined;
  const steps = exact ? [{ kind: 'key' as const, name: text }] : parseJsonPath(text);
  if (!steps)
    call.context.report(
      diagnose(
        'bad-option-value',
        { name: call.call.name, found: text, expected: 'a path such as a.b{0}.c' },
        call.call.args[at]?.span ?? call.call.span,
      ),
    );
  return steps;
}

export const jsonObject: EvalFunction = {
  name: 'json_object',
  category: 'json',
  minimum: 0,
  maximum: many,
  signature: 'json_object(name, value, ...)',
  summary: 'A JSON object of names and values.',
  roles: ['any'],
  compile: (call) => {
    if (call.count % 2 !== 0) {
      call.context.report(
        diagnose(
          'wrong-argument-count',
          { name: 'json_object', found: call.count, expected: 'pairs of a name and a value' },
          call.call.span,
        ),
      );
      return nothing();
    }
    const members: Sql[] = [];
    for (let at = 0; at < call.count; at += 2)
      members.push(sql`concat(${jsonString(jsonText(call, at))}, ':', ${jsonValue(call, at + 1)})`);
    const text = sql`concat('{', arrayStringConcat(${elementsOf(members)}, ','), '}')`;
    return { sql: text, type: 'text', notNull: true };
  },
};

export const jsonArrayFunction: EvalFunction = {
  name: 'json_array',
  category: 'json',
  minimum: 0,
  maximum: many,
  signature: 'json_array(value, ...)',
  summary: 'A JSON array of the values.',
  roles: ['any'],
  compile: (call) => {
    const elements = call.call.args.map((_, at) => jsonValue(call, at));
    return { sql: jsonArray(elementsOf(elements)), type: 'text', notNull: true };
  },
};

export const jsonFunction: EvalFunction = {
  name: 'json',
  category: 'json',
  minimum: 1,
  maximum: 1,
  signature: 'json(text)',
  summary: 'The text if it is JSON, else null.',
  compile: (call) => ({
    sql: share(asText(call.argument(0)), (text) => sql`if(isValidJSON(ifNull(${text}, '')), ${text}, NULL)`),
    type: 'text',
  }),
};

export const jsonValid: EvalFunction = {
  name: 'json_valid',
  category: 'json',
  minimum: 1,
  maximum: 1,
  signature: 'json_valid(text)',
  summary: 'True if the text is JSON.',
  compile: (call) => ({ sql: sql`isValidJSON(${jsonText(call)})`, type: 'boolean', notNull: true }),
};

export const jsonKeys: EvalFunction = {
  name: 'json_keys',
  category: 'json',
  minimum: 1,
  maximum: 1,
  signature: 'json_keys(json)',
  summary: 'The names of the members of a JSON object, as a JSON array.',
  compile: (call) => {
    const name = call.variable();
    const json = jsonText(call);
    const names = sql`arrayMap(${name} -> ${jsonString(name)}, JSONExtractKeys(${json}))`;
    return { sql: sql`if(JSONType(${json}) = 'Object', ${jsonArray(names)}, NULL)`, type: 'text' };
  },
};

/** The values of a JSON array as a multivalue. */
function toMultivalue(call: FunctionCall, raws: Sql): TypedSql {
  const [raw, value] = [call.variable(), call.variable()];
  return {
    sql: sql`arrayMap(${value} -> assumeNotNull(${value}), arrayFilter(${value} -> isNotNull(${value}), arrayMap(${raw} -> ${unquoted(raw)}, ${raws})))`,
    type: 'multivalue',
  };
}

export const jsonArrayToMultivalue: EvalFunction = {
  name: 'json_array_to_mv',
  category: 'json',
  minimum: 1,
  maximum: 1,
  signature: 'json_array_to_mv(json)',
  summary: 'The elements of a JSON array as a multivalue.',
  compile: (call) => toMultivalue(call, sql`JSONExtractArrayRaw(${jsonText(call)})`),
};

export const multivalueToJsonArray: EvalFunction = {
  name: 'mv_to_json_array',
  category: 'json',
  minimum: 1,
  maximum: 1,
  signature: 'mv_to_json_array(multivalue)',
  summary: 'The values as a JSON array of strings.',
  compile: (call) => {
    const value = call.variable();
    return {
      sql: share(
        asMultivalue(call.argument(0)),
        (values) =>
          sql`if(empty(${values}), NULL, ${jsonArray(sql`arrayMap(${value} -> ${jsonString(value)}, ${values})`)})`,
      ),
      type: 'text',
    };
  },
};

function extraction(name: string, summary: string, exact: boolean): EvalFunction {
  return {
    name,
    category: 'json',
    minimum: 1,
    maximum: many,
    signature: `${name}(json, [path, ...])`,
    summary,
    roles: ['value', 'literal'],
    compile: (call) => {
      const json = jsonText(call);
      const { parameters } = call.context;
      if (call.count === 1) return { sql: unquoted(sql`JSONExtractRaw(${json})`), type: 'text' };
      const raws: Sql[] = [];
      for (let at = 1; at < call.count; at++) {
        const steps = pathAt(call, at, exact);
        if (!steps) return nothing();
        raws.push(
          steps.some((step) => step.kind === 'all')
            ? share(
                allRawAt(json, steps, parameters, call.variable),
                (all) => sql`if(empty(${all}), '', ${jsonArray(all)})`,
              )
            : rawAt(json, steps, parameters),
        );
      }
      const [only] = raws;
      if (raws.length === 1 && only) return { sql: share(only, unquoted), type: 'text' };
      const elements = raws.map((raw) => share(raw, (found) => sql`if(empty(${found}), 'null', ${found})`));
      return { sql: jsonArray(elementsOf(elements)), type: 'text' };
    },
  };
}

export const jsonExtract = extraction('json_extract', 'The value at a path such as a.b{0}.c.', false);
export const jsonExtractExact = extraction(
  'json_extract_exact',
  'The value of the member with exactly that name.',
  true,
);

/** Null for what is no JSON. */
function edited(call: FunctionCall, build: (json: Sql) => Sql): TypedSql {
  const json = asText(call.argument(0));
  return {
    sql: share(
      json,
      (text) => sql`if(isValidJSON(ifNull(${text}, '')), ${build(sql`ifNull(${text}, '')`)}, NULL)`,
    ),
    type: 'text',
  };
}

/** Edits with pairs of a path and a value. */
function pairEditing(
  name: string,
  summary: string,
  options: { readonly exact: boolean; readonly add: boolean },
  edit: (value: Sql, call: FunctionCall) => JsonEdit,
): EvalFunction {
  return {
    name,
    category: 'json',
    minimum: 3,
    maximum: many,
    signature: `${name}(json, path, value, ...)`,
    summary,
    roles: ['any'],
    compile: (call) => {
      const { parameters } = call.context;
      const editing = { parameters, variable: call.variable, add: options.add };
      const edits: { readonly steps: readonly JsonStep[]; readonly edit: JsonEdit }[] = [];
      for (let at = 1; at + 1 < call.count; at += 2) {
        const steps = pathAt(call, at, options.exact);
        if (!steps) return nothing();
        edits.push({ steps, edit: edit(jsonValue(call, at + 1), call) });
      }
      return edited(call, (json) =>
        edits.reduce((text, one) => editJson(text, one.steps, one.edit, editing), json),
      );
    },
  };
}

export const jsonSet = pairEditing(
  'json_set',
  'The JSON with the values at the paths set.',
  { exact: false, add: true },
  (value) => () => value,
);
export const jsonSetExact = pairEditing(
  'json_set_exact',
  'The JSON with the members of exactly those names set.',
  { exact: true, add: true },
  (value) => () => value,
);
export const jsonAppend = pairEditing(
  'json_append',
  'The JSON with values added at the end of the arrays at the paths.',
  { exact: false, add: false },
  (value) => (raw) =>
    sql`if(JSONType(${raw}) = 'Array', ${jsonArray(sql`arrayConcat(JSONExtractArrayRaw(${raw}), [assumeNotNull(${value})])`)}, ${raw})`,
);
export const jsonExtend = pairEditing(
  'json_extend',
  'The JSON with the elements of arrays added at the end of the arrays at the paths.',
  { exact: false, add: false },
  (value) => (raw) => {
    const added = sql`if(JSONType(${value}) = 'Array', JSONExtractArrayRaw(${value}), [assumeNotNull(${value})])`;
    return sql`if(JSONType(${raw}) = 'Array', ${jsonArray(sql`arrayConcat(JSONExtractArrayRaw(${raw}), ${added})`)}, ${raw})`;
  },
);

export const jsonDelete: EvalFunction = {
  name: 'json_delete',
  category: 'json',
  minimum: 2,
  maximum: many,
  signature: 'json_delete(json, path, ...)',
  summary: 'The JSON without what is at the paths.',
  roles: ['value', 'literal'],
  compile: (call) => {
    const editing = { parameters: call.context.parameters, variable: call.variable, add: false };
    const paths: (readonly JsonStep[])[] = [];
    for (let at = 1; at < call.count; at++) {
      const steps = pathAt(call, at, false);
      if (!steps) return nothing();
      paths.push(steps);
    }
    return edited(call, (json) =>
      paths.reduce((text, steps) => editJson(text, steps, () => undefined, editing), json),
    );
  },
};

export const spath: EvalFunction = {
  name: 'spath',
  category: 'json',
  minimum: 2,
  maximum: 2,
  signature: 'spath(json, "path")',
  summary: 'The value at a path in JSON, all of them where the path has {}.',
  roles: ['value', 'literal'],
  compile: (call) => {
    const steps = pathAt(call, 1, false);
    if (!steps) return nothing();
    const json = jsonText(call);
    const { parameters } = call.context;
    if (steps.some((step) => step.kind === 'all'))
      return toMultivalue(call, allRawAt(json, steps, parameters, call.variable));
    return { sql: share(rawAt(json, steps, parameters), unquoted), type: 'text' };
  },
};
