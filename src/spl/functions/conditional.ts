import { joinSql, sql } from '../../store/sql.ts';
import { convert, isPresent, nothing, unify } from '../coerce.ts';
import { compare } from '../compile-comparison.ts';
import { diagnose } from '../diagnostics.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { EvalFunction, FunctionCall } from './eval-function.ts';

const many = Number.POSITIVE_INFINITY;

export const ifFunction: EvalFunction = {
  name: 'if',
  category: 'comparison',
  minimum: 3,
  maximum: 3,
  signature: 'if(condition, then, else)',
  summary: 'The second argument if the condition is true, else (false or null) the third.',
  roles: ['condition', 'any'],
  compile: (call) => {
    const test = call.argument(0).sql;
    return unify(
      [call.argument(1), call.argument(2)],
      ([then, other]) => sql`if(${test}, ${then ?? test}, ${other ?? test})`,
    );
  },
};

/** Arguments in pairs of a condition and a value. */
function pairs(call: FunctionCall, conditionFirst = true): readonly (readonly [TypedSql, TypedSql])[] {
  if (call.count % 2 !== 0) {
    call.context.report(
      diagnose(
        'wrong-argument-count',
        { name: call.call.name, found: call.count, expected: 'pairs of a condition and a value' },
        call.call.span,
      ),
    );
    return [];
  }
  const found: [TypedSql, TypedSql][] = [];
  for (let at = 0; at < call.count; at += 2) {
    const test = call.argument(at);
    if (conditionFirst && test.type !== 'boolean' && !test.nothing) {
      const span = call.call.args[at]?.span ?? call.call.span;
      call.context.report(
        diagnose('condition-needed', { where: `"${call.call.name}"`, found: 'value' }, span),
      );
    }
    found.push([
      convert(test, 'boolean') === test.sql ? test : { sql: convert(test, 'boolean'), type: 'boolean' },
      call.argument(at + 1),
    ]);
  }
  return found;
}

export const caseFunction: EvalFunction = {
  name: 'case',
  category: 'comparison',
  minimum: 2,
  maximum: many,
  signature: 'case(condition, value, ...)',
  summary: 'The value of the first condition that is true; null if none is.',
  roles: ['any'],
  compile: (call) => {
    const branches = pairs(call);
    if (branches.length === 0) return nothing();
    const values = branches.map(([, value]) => value);
    return unify([...values, nothing()], (converted) => {
      const parts = branches.flatMap(([test], at) => [test.sql, converted[at] ?? test.sql]);
      return sql`multiIf(${joinSql([...parts, converted.at(-1) ?? sql`NULL`], sql`, `)})`;
    });
  },
};

export const validate: EvalFunction = {
  name: 'validate',
  category: 'comparison',
  minimum: 2,
  maximum: many,
  signature: 'validate(condition, value, ...)',
  summary: 'The value of the first condition that is false; null if all are true.',
  roles: ['any'],
  compile: (call) => {
    const branches = pairs(call);
    if (branches.length === 0) return nothing();
    const values = branches.map(([, value]) => value);
    return unify([...values, nothing()], (converted) => {
      const parts = branches.flatMap(([test], at) => [sql`NOT ${test.sql}`, converted[at] ?? test.sql]);
      return sql`multiIf(${joinSql([...parts, converted.at(-1) ?? sql`NULL`], sql`, `)})`;
    });
  },
};

export const coalesce: EvalFunction = {
  name: 'coalesce',
  aliases: ['ifnull'],
  category: 'comparison',
  minimum: 1,
  maximum: many,
  signature: 'coalesce(value, ...)',
  summary: 'The first value that is not null.',
  compile: (call) => {
    const values = call.rest(0).filter((value) => !value.nothing);
    const [first] = values;
    if (!first) return nothing();
    if (values.length === 1) return first;
    const made = unify(values, (converted) => {
      if (!values.some((value) => value.type === 'multivalue'))
        return sql`coalesce(${joinSql(converted, sql`, `)})`;
      const parts = converted.slice(0, -1).flatMap((value) => [sql`notEmpty(${value})`, value]);
      return sql`multiIf(${joinSql([...parts, converted.at(-1) ?? sql`[]`], sql`, `)})`;
    });
    return values.some((value) => value.notNull) ? { ...made, notNull: true } : made;
  },
};

export const nullFunction: EvalFunction = {
  name: 'null',
  category: 'comparison',
  minimum: 0,
  maximum: 0,
  signature: 'null()',
  summary: 'No value; assigning it erases the field.',
  compile: () => nothing(),
};

export const nullIf: EvalFunction = {
  name: 'nullif',
  category: 'comparison',
  minimum: 2,
  maximum: 2,
  signature: 'nullif(value, other)',
  summary: 'Null if the two are equal, else the first.',
  compile: (call) => {
    const value = call.argument(0);
    if (value.nothing) return value;
    const equal = compare('=', value, call.argument(1), call.variable);
    return { sql: sql`if(${equal}, ${nothing(value.type).sql}, ${value.sql})`, type: value.type };
  },
};

function presence(name: string, summary: string, present: boolean): EvalFunction {
  return {
    name,
    category: 'information',
    minimum: 1,
    maximum: 1,
    signature: `${name}(value)`,
    summary,
    roles: ['any'],
    compile: (call) => {
      const has = isPresent(call.argument(0));
      return { sql: present ? has : sql`NOT ${has}`, type: 'boolean', notNull: true };
    },
  };
}

export const isNull = presence('isnull', 'True if there is no value.', false);
export const isNotNull = presence('isnotnull', 'True if there is a value.', true);

function constant(name: 'true' | 'false'): EvalFunction {
  return {
    name,
    category: 'comparison',
    minimum: 0,
    maximum: 0,
    signature: `${name}()`,
    summary: `The condition that is ${name}.`,
    compile: () => ({ sql: name === 'true' ? sql`1` : sql`0`, type: 'boolean', notNull: true }),
  };
}

export const trueFunction = constant('true');
export const falseFunction = constant('false');

export const searchMatch: EvalFunction = {
  name: 'searchmatch',
  category: 'comparison',
  minimum: 1,
  maximum: 1,
  signature: 'searchmatch("search")',
  summary: 'True if the event matches the search, which is written as for the search command.',
  roles: ['search'],
  compile: (call) => {
    const text = call.text(0);
    const { searchTest } = call.context;
    if (!searchTest)
      call.context.report(diagnose('function-not-supported', { name: 'searchmatch' }, call.call.nameSpan));
    const span = call.call.args[0]?.span ?? call.call.span;
    const test = text === undefined ? undefined : searchTest?.(text, span);
    return test ? { sql: test, type: 'boolean', notNull: true } : nothing('boolean');
  },
};

export const typeOf: EvalFunction = {
  name: 'typeof',
  category: 'information',
  minimum: 1,
  maximum: 1,
  signature: 'typeof(value)',
  summary: 'Number, String, Boolean, or Invalid where there is no value.',
  roles: ['any'],
  compile: (call) => {
    const value = call.argument(0);
    const text = (name: 'Number' | 'String' | 'Boolean' | 'Invalid') =>
      call.context.parameters.bind(name, 'String');
    if (value.nothing) return { sql: text('Invalid'), type: 'string' };
    const numeric = value.type === 'number' || value.type === 'time';
    const present =
      value.type === 'text'
        ? sql`if(${isNumeric(value)}, ${text('Number')}, ${text('String')})`
        : text(value.type === 'boolean' ? 'Boolean' : numeric ? 'Number' : 'String');
    return { sql: sql`if(${isPresent(value)}, ${present}, ${text('Invalid')})`, type: 'string' };
  },
};

/** UInt8: whether the value is a number. */
function isNumeric(value: TypedSql) {
  if (value.nothing || value.type === 'string' || value.type === 'boolean') return sql`0`;
  return sql`isNotNull(${convert(value, 'number')})`;
}

export const isNum: EvalFunction = {
  name: 'isnum',
  category: 'information',
  minimum: 1,
  maximum: 1,
  signature: 'isnum(value)',
  summary: 'True if the value is a number.',
  roles: ['any'],
  compile: (call) => ({ sql: isNumeric(call.argument(0)), type: 'boolean', notNull: true }),
};

export const isInt: EvalFunction = {
  name: 'isint',
  category: 'information',
  minimum: 1,
  maximum: 1,
  signature: 'isint(value)',
  summary: 'True if the value is a whole number.',
  roles: ['any'],
  compile: (call) => {
    const value = call.argument(0);
    if (value.nothing || value.type === 'string' || value.type === 'boolean')
      return { sql: sql`0`, type: 'boolean', notNull: true };
    const number = convert(value, 'number');
    return { sql: sql`ifNull(${number} = trunc(${number}), 0)`, type: 'boolean', notNull: true };
  },
};

export const isStr: EvalFunction = {
  name: 'isstr',
  category: 'information',
  minimum: 1,
  maximum: 1,
  signature: 'isstr(value)',
  summary: 'True if the value is a text that is no number.',
  roles: ['any'],
  compile: (call) => {
    const value = call.argument(0);
    const test =
      value.nothing || ['number', 'time', 'boolean'].includes(value.type)
        ? sql`0`
        : sql`(${isPresent(value)} AND NOT ${isNumeric(value)})`;
    return { sql: test, type: 'boolean', notNull: true };
  },
};

export const isBool: EvalFunction = {
  name: 'isbool',
  category: 'information',
  minimum: 1,
  maximum: 1,
  signature: 'isbool(value)',
  summary: 'True if the argument is a condition.',
  roles: ['any'],
  compile: (call) => ({
    sql: call.argument(0).type === 'boolean' ? sql`1` : sql`0`,
    type: 'boolean',
    notNull: true,
  }),
};
