import { type Sql, sql } from '../../store/sql.ts';
import { asMultivalue, asNumber, asText, isPresent, nothing, wholeNumber } from '../coerce.ts';
import type { CompileContext } from '../compile-context.ts';
import { diagnose } from '../diagnostics.ts';
import type { Expression } from '../expression.ts';
import { numberText } from '../number-text.ts';
import { referencedFields } from '../referenced-fields.ts';
import { share, shareBoth } from '../share.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { EvalFunction, FunctionCall } from './eval-function.ts';

const many = Number.POSITIVE_INFINITY;

export const mvAppend: EvalFunction = {
  name: 'mvappend',
  category: 'multivalue',
  minimum: 1,
  maximum: many,
  signature: 'mvappend(value, ...)',
  summary: 'All values of the arguments in one multivalue.',
  compile: (call) => ({
    sql: call
      .rest(0)
      .map(asMultivalue)
      .reduce((all, one) => sql`arrayConcat(${all}, ${one})`),
    type: 'multivalue',
  }),
};

export const mvCount: EvalFunction = {
  name: 'mvcount',
  category: 'multivalue',
  minimum: 1,
  maximum: 1,
  signature: 'mvcount(multivalue)',
  summary: 'Number of values; null where there is none.',
  compile: (call) => {
    const values = call.argument(0);
    const count =
      values.type === 'multivalue'
        ? sql`nullIf(toFloat64(length(${values.sql})), 0.)`
        : sql`if(${isPresent(values)}, 1., NULL)`;
    return { sql: count, type: 'number' };
  },
};

function reordered(name: string, summary: string, build: (values: Sql) => Sql): EvalFunction {
  return {
    name,
    category: 'multivalue',
    minimum: 1,
    maximum: 1,
    signature: `${name}(multivalue)`,
    summary,
    compile: (call) => {
      const values = call.argument(0);
      if (values.nothing || values.type !== 'multivalue') return values;
      return { sql: build(values.sql), type: 'multivalue' };
    },
  };
}

export const mvDedup = reordered(
  'mvdedup',
  'Each different value once, in the order of their first places.',
  (values) => sql`arrayDistinct(${values})`,
);
export const mvSort = reordered(
  'mvsort',
  'The values in the order of texts.',
  (values) => sql`arraySort(${values})`,
);

export const mvJoin: EvalFunction = {
  name: 'mvjoin',
  category: 'multivalue',
  minimum: 2,
  maximum: 2,
  signature: 'mvjoin(multivalue, delimiter)',
  summary: 'The values as one text with the delimiter between them.',
  compile: (call) => {
    const values = call.argument(0);
    if (values.nothing) return nothing();
    const delimiter = asText(call.argument(1));
    return {
      sql: share(asMultivalue(values), (array) => {
        const joined =
          call.call.args[1]?.kind === 'string'
            ? sql`arrayStringConcat(${array}, ${delimiter})`
            : joinedBy(array, delimiter, call.variable);
        return sql`if(empty(${array}), NULL, ${joined})`;
      }),
      type: 'text',
    };
  },
};

/** The engine joins with constants only; this is the same for a delimiter that differs from row to row. */
function joinedBy(array: Sql, delimiter: Sql, variable: () => Sql): Sql {
  const [text, value] = [variable(), variable()];
  return share(sql`ifNull(${delimiter}, '')`, (between) => {
    const all = sql`arrayFold((${text}, ${value}) -> concat(${text}, ${between}, ${value}), ${array}, '')`;
    return sql`substring(${all}, length(${between}) + 1)`;
  });
}

/** Where a position counted from 0, or from the end where negative, lies when counted from 1. */
function fromStart(position: Sql, length: Sql): Sql {
  return share(
    sql`ifNull(${wholeNumber(position)}, 0)`,
    (at) => sql`if(${at} < 0, toInt64(${length}) + ${at} + 1, ${at} + 1)`,
  );
}

export const mvIndex: EvalFunction = {
  name: 'mvindex',
  category: 'multivalue',
  minimum: 2,
  maximum: 3,
  signature: 'mvindex(multivalue, start, [end])',
  summary:
    'The value at a position counted from 0, or from the end where negative; with an end the values up to it.',
  roles: ['value', 'number'],
  compile: (call) => {
    const values = call.argument(0);
    if (values.nothing) return nothing();
    const start = asNumber(call.argument(1));
    if (call.count === 2)
      return {
        sql: share(asMultivalue(values), (array) => {
          const at = fromStart(start, sql`length(${array})`);
          return sql`if(isNull(${start}), NULL, arrayElementOrNull(${array}, greatest(${at}, 0)))`;
        }),
        type: 'text',
      };
    const end = asNumber(call.argument(2));
    return {
      sql: share(asMultivalue(values), (array) => {
        const length = sql`length(${array})`;
        return shareBoth(
          sql`greatest(${fromStart(start, length)}, 1)`,
          fromStart(end, length),
          (first, last) =>
            sql`if(isNull(${start}) OR isNull(${end}) OR ${last} < ${first}, CAST([], 'Array(String)'), arraySlice(${array}, ${first}, ${last} - ${first} + 1))`,
        );
      }),
      type: 'multivalue',
    };
  },
};

export const mvFind: EvalFunction = {
  name: 'mvfind',
  category: 'multivalue',
  minimum: 2,
  maximum: 2,
  signature: 'mvfind(multivalue, "regex")',
  summary: 'Position, counted from 0, of the first value that the regular expression matches; null if none.',
  roles: ['value', 'regex'],
  compile: (call) => {
    const regex = call.regex(1);
    const values = call.argument(0);
    if (!regex || values.nothing) return nothing('number');
    const pattern = call.context.parameters.bind(regex.pattern, 'String');
    const value = call.variable();
    const at = sql`arrayFirstIndex(${value} -> match(${value}, ${pattern}), ${asMultivalue(values)})`;
    return {
      sql: share(at, (found) => sql`if(${found} = 0, NULL, toFloat64(${found}) - 1)`),
      type: 'number',
    };
  },
};

/** The context inside a lambda: one field is the lambda's variable, a single value. */
function withField(context: CompileContext, name: string, variable: Sql): CompileContext {
  const { parameters, now, timezone, searchTest } = context;
  return {
    parameters,
    now,
    timezone,
    ...(searchTest ? { searchTest } : {}),
    field: (wanted) =>
      wanted === name ? { sql: variable, type: 'text', notNull: true } : context.field(wanted),
    report: (diagnostic) => context.report(diagnostic),
  };
}

function fieldsOf(expression: Expression): readonly string[] {
  return [...referencedFields(expression, () => undefined)];
}

export const mvFilter: EvalFunction = {
  name: 'mvfilter',
  category: 'multivalue',
  minimum: 1,
  maximum: 1,
  signature: 'mvfilter(condition)',
  summary: 'The values of the one field in the condition for which it is true.',
  roles: ['each'],
  compile: (call) => {
    const test = call.call.args[0];
    const fields = test ? fieldsOf(test) : [];
    const [name] = fields;
    if (!test || name === undefined || fields.length !== 1) {
      call.context.report(diagnose('one-field-only', { name: 'mvfilter', fields }, call.call.span));
      return nothing('multivalue');
    }
    const values = call.context.field(name);
    const variable = call.variable();
    const condition = call.compile(test, withField(call.context, name, variable));
    if (condition.type !== 'boolean') {
      call.context.report(diagnose('condition-needed', { where: '"mvfilter"', found: 'value' }, test.span));
      return nothing('multivalue');
    }
    if (!values || values.nothing) return nothing('multivalue');
    return {
      sql: sql`arrayFilter(${variable} -> ifNull(${condition.sql}, 0), ${asMultivalue(values)})`,
      type: 'multivalue',
    };
  },
};

export const mvMap: EvalFunction = {
  name: 'mvmap',
  category: 'multivalue',
  minimum: 2,
  maximum: 2,
  signature: 'mvmap(multivalue, expression)',
  summary: 'The expression for each value of the field, as a multivalue.',
  roles: ['value', 'each'],
  compile: (call) => {
    const [source, expression] = call.call.args;
    const values = call.argument(0);
    const name = source && fieldsOf(source)[0];
    if (!expression || name === undefined) {
      call.context.report(diagnose('one-field-only', { name: 'mvmap', fields: [] }, call.call.span));
      return nothing('multivalue');
    }
    const variable = call.variable();
    const mapped = call.compile(expression, withField(call.context, name, variable));
    if (values.nothing || mapped.nothing) return nothing('multivalue');
    return {
      sql: sql`arrayFlatten(arrayMap(${variable} -> ${asMultivalue(mapped)}, ${asMultivalue(values)}))`,
      type: 'multivalue',
    };
  },
};

const spanSeconds: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86400],
  ['w', 604800],
]);

/** The step of mvrange: a number, or a length of time such as `7d`. */
function rangeStep(call: FunctionCall): TypedSql | undefined {
  const written = call.call.args[2];
  if (written?.kind !== 'string') return call.argument(2);
  const found = /^(\d+)([smhdw])$/.exec(written.value);
  const seconds = spanSeconds.get(found?.[2] ?? '');
  if (!found || seconds === undefined) {
    call.context.report(
      diagnose('bad-time-modifier', { name: 'mvrange', value: written.value }, written.span),
    );
    return undefined;
  }
  return {
    sql: call.context.parameters.bind(Number(found[1]) * seconds, 'Float64'),
    type: 'number',
    notNull: true,
  };
}

export const mvRange: EvalFunction = {
  name: 'mvrange',
  category: 'multivalue',
  minimum: 2,
  maximum: 3,
  signature: 'mvrange(start, end, [step])',
  summary: 'The numbers from a start up to, without, an end, as a multivalue.',
  roles: ['number', 'number', 'value'],
  compile: (call) => {
    const step = call.count < 3 ? undefined : rangeStep(call);
    if (call.count === 3 && !step) return nothing('multivalue');
    const by = step ? asNumber(step) : sql`1.`;
    const start = asNumber(call.argument(0));
    const end = asNumber(call.argument(1));
    const variable = call.variable();
    const count = sql`ceil((${end} - ${start}) / nullIf(${by}, 0))`;
    return {
      sql: share(count, (steps) => {
        const each = sql`assumeNotNull(${numberText(sql`(${start} + ${variable} * ${by})`)})`;
        return sql`arrayMap(${variable} -> ${each}, range(toUInt64(greatest(ifNull(${wholeNumber(steps)}, 0), 0))))`;
      }),
      type: 'multivalue',
    };
  },
};

export const mvZip: EvalFunction = {
  name: 'mvzip',
  category: 'multivalue',
  minimum: 2,
  maximum: 3,
  signature: 'mvzip(multivalue, multivalue, [delimiter])',
  summary: 'The first values of both joined, the second values, and so on to the end of the shorter.',
  compile: (call) => {
    const delimiter = call.count > 2 ? sql`ifNull(${asText(call.argument(2))}, '')` : sql`','`;
    const [one, other] = [call.variable(), call.variable()];
    return {
      sql: shareBoth(asMultivalue(call.argument(0)), asMultivalue(call.argument(1)), (left, right) => {
        const size = sql`least(length(${left}), length(${right}))`;
        return sql`arrayMap((${one}, ${other}) -> concat(${one}, ${delimiter}, ${other}), arraySlice(${left}, 1, ${size}), arraySlice(${right}, 1, ${size}))`;
      }),
      type: 'multivalue',
    };
  },
};
