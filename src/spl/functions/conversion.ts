import { type Sql, sql } from '../../store/sql.ts';
import { asNumber, asText, nothing, wholeNumber } from '../coerce.ts';
import { diagnose } from '../diagnostics.ts';
import { share } from '../share.ts';
import type { TypedSql } from '../typed-sql.ts';
import type { EvalFunction, FunctionCall } from './eval-function.ts';

/** A whole number's digits (text) in groups of three. */
export function groupDigits(digits: Sql): Sql {
  return sql`trimLeft(reverse(replaceRegexpAll(reverse(${digits}), '(\\\\d{3})', '\\\\1,')), ',')`;
}

/** A number with commas between thousands; two decimals, rounded, where it is not whole. */
export function withCommas(value: Sql): Sql {
  return share(value, (x) => {
    const cents = wholeNumber(sql`round(toFloat64(printf('%.15g', abs(${x}) * 100)))`);
    const whole = groupDigits(sql`toString(intDiv(${cents}, 100))`);
    const decimals = sql`if(${x} = trunc(${x}), '', concat('.', leftPad(toString(${cents} % 100), 2, '0')))`;
    return sql`if(abs(${x}) < 1e15, concat(if(${x} < 0, '-', ''), ${whole}, ${decimals}), toString(${x}))`;
  });
}

/** Seconds as `D+HH:MM:SS`, without days where there are none. */
function asDuration(value: Sql): Sql {
  return share(wholeNumber(value), (seconds) => {
    const part = (of: Sql) => sql`leftPad(toString(${of}), 2, '0')`;
    const all = sql`abs(${seconds})`;
    const days = sql`if(${all} >= 86400, concat(toString(intDiv(${all}, 86400)), '+'), '')`;
    return sql`concat(if(${seconds} < 0, '-', ''), ${days}, ${part(sql`intDiv(${all} % 86400, 3600)`)}, ':', ${part(sql`intDiv(${all} % 3600, 60)`)}, ':', ${part(sql`${all} % 60`)})`;
  });
}

/** A whole number in hexadecimal; zero is `0x0`. */
function asHexadecimal(value: Sql): Sql {
  return share(wholeNumber(value), (number) => {
    const digits = sql`trimLeft(hex(toUInt64(abs(${number}))), '0')`;
    return sql`concat(if(${number} < 0, '-', ''), '0x', if(${number} = 0, '0', ${digits}))`;
  });
}

const formats: ReadonlyMap<string, (value: Sql) => Sql> = new Map([
  ['hex', asHexadecimal],
  ['commas', withCommas],
  ['duration', asDuration],
]);

export const toText: EvalFunction = {
  name: 'tostring',
  category: 'conversion',
  minimum: 1,
  maximum: 2,
  signature: 'tostring(value, ["hex" | "commas" | "duration"])',
  summary:
    'The value as text: a condition as True or False; a number in hexadecimal, with commas, or as a time span.',
  roles: ['any', 'literal'],
  compile: (call) => {
    const value = call.argument(0);
    if (call.count === 1) {
      if (value.type === 'multivalue') return value;
      return { sql: asText(value), type: 'text' };
    }
    const name = call.text(1);
    if (name === undefined) return nothing();
    const format = formats.get(name.toLowerCase());
    if (format) return { sql: format(asNumber(value)), type: 'text' };
    const span = call.call.args[1]?.span ?? call.call.span;
    call.context.report(
      diagnose(
        'bad-option-value',
        { name: 'tostring', found: name, expected: '"hex", "commas" or "duration"' },
        span,
      ),
    );
    return nothing();
  },
};

const digitValues = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A text of digits of a base; null where any is none. */
function fromBase(text: Sql, base: number, call: FunctionCall): TypedSql {
  const { parameters } = call.context;
  const digits = parameters.bind(digitValues.slice(0, base), 'String');
  const prefix = parameters.bind(base === 16 ? '^[+-]?0x' : '^[+-]', 'String');
  const [sum, digit] = [call.variable(), call.variable()];
  const value = sql`lower(ifNull(${text}, ''))`;
  const bare = share(sql`replaceRegexpOne(${value}, ${prefix}, '')`, (rest) => sql`trimLeft(${rest}, '+-')`);
  return {
    sql: share(bare, (letters) => {
      const number = sql`arrayFold((${sum}, ${digit}) -> ${sum} * ${parameters.bind(base, 'Float64')} + position(${digits}, ${digit}) - 1, ngrams(${letters}, 1), toFloat64(0))`;
      const valid = sql`notEmpty(${letters}) AND empty(trimLeft(${letters}, ${digits}))`;
      return sql`if(${valid}, if(startsWith(${value}, '-'), -1, 1) * ${number}, NULL)`;
    }),
    type: 'number',
  };
}

export const toNumber: EvalFunction = {
  name: 'tonumber',
  category: 'conversion',
  minimum: 1,
  maximum: 2,
  signature: 'tonumber(text, [base])',
  summary: 'The number that the text is, in a base from 2 to 36 (10); null where it is none.',
  roles: ['value', 'literal'],
  compile: (call) => {
    const value = call.argument(0);
    if (value.nothing) return nothing('number');
    const base = call.count === 1 ? 10 : call.number(1);
    if (base === undefined) return nothing('number');
    if (base === 10) return { sql: asNumber(value), type: 'number' };
    if (Number.isInteger(base) && base >= 2 && base <= 36) return fromBase(asText(value), base, call);
    const span = call.call.args[1]?.span ?? call.call.span;
    call.context.report(
      diagnose(
        'bad-option-value',
        { name: 'tonumber', found: String(base), expected: 'a base from 2 to 36' },
        span,
      ),
    );
    return nothing('number');
  },
};
