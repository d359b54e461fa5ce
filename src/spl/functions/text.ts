import { type Sql, sql } from '../../store/sql.ts';
import { asNumber, asText, mapText, nothing, wholeNumber } from '../coerce.ts';
import { share } from '../share.ts';
import type { EvalFunction } from './eval-function.ts';

function mapped(name: string, summary: string, build: (text: Sql) => Sql): EvalFunction {
  return {
    name,
    category: 'text',
    minimum: 1,
    maximum: 1,
    signature: `${name}(text)`,
    summary,
    compile: (call) => mapText(call.argument(0), call.variable, build),
  };
}

export const lower = mapped('lower', 'The text in lower case.', (text) => sql`lowerUTF8(${text})`);
export const upper = mapped('upper', 'The text in upper case.', (text) => sql`upperUTF8(${text})`);
export const urlDecode = mapped(
  'urldecode',
  'The text with %XX replaced by the characters they stand for.',
  (text) => sql`decodeURLComponent(${text})`,
);

function trimmed(name: string, summary: string, build: (text: Sql, characters: Sql) => Sql): EvalFunction {
  return {
    name,
    category: 'text',
    minimum: 1,
    maximum: 2,
    signature: `${name}(text, [characters])`,
    summary,
    roles: ['value', 'literal'],
    compile: (call) => {
      const given = call.count > 1 ? call.text(1) : ' \t';
      if (given === undefined) return nothing();
      const characters = call.context.parameters.bind(given, 'String');
      return mapText(call.argument(0), call.variable, (text) => build(text, characters));
    },
  };
}

export const trim = trimmed(
  'trim',
  'The text without the characters (blanks and tabs) at both ends.',
  (text, characters) => sql`trimBoth(${text}, ${characters})`,
);
export const leftTrim = trimmed(
  'ltrim',
  'The text without the characters (blanks and tabs) at its start.',
  (text, characters) => sql`trimLeft(${text}, ${characters})`,
);
export const rightTrim = trimmed(
  'rtrim',
  'The text without the characters (blanks and tabs) at its end.',
  (text, characters) => sql`trimRight(${text}, ${characters})`,
);

export const length: EvalFunction = {
  name: 'len',
  category: 'text',
  minimum: 1,
  maximum: 1,
  signature: 'len(text)',
  summary: 'Number of characters.',
  compile: (call) =>
    call.argument(0).nothing
      ? nothing('number')
      : { sql: sql`toFloat64(lengthUTF8(${asText(call.argument(0))}))`, type: 'number' },
};

export const substring: EvalFunction = {
  name: 'substr',
  category: 'text',
  minimum: 2,
  maximum: 3,
  signature: 'substr(text, start, [length])',
  summary: 'The part from a position, counted from 1, or from the end where it is negative.',
  roles: ['value', 'number'],
  compile: (call) => {
    const text = asText(call.argument(0));
    const start = sql`ifNull(nullIf(${wholeNumber(asNumber(call.argument(1)))}, 0), 1)`;
    if (call.count === 2) return { sql: sql`substringUTF8(${text}, ${start})`, type: 'text' };
    const size = sql`greatest(ifNull(${wholeNumber(asNumber(call.argument(2)))}, 0), 0)`;
    return { sql: sql`substringUTF8(${text}, ${start}, ${size})`, type: 'text' };
  },
};

export const split: EvalFunction = {
  name: 'split',
  category: 'multivalue',
  minimum: 2,
  maximum: 2,
  signature: 'split(text, delimiter)',
  summary: 'The pieces of the text between the delimiters, as a multivalue.',
  roles: ['value', 'literal'],
  compile: (call) => {
    const text = call.argument(0);
    const delimiter = call.text(1);
    if (text.nothing || delimiter === undefined) return nothing('multivalue');
    const separator = call.context.parameters.bind(delimiter, 'String');
    return {
      sql: share(asText(text), (value) => {
        const pieces = sql`splitByString(${separator}, assumeNotNull(${value}))`;
        return sql`if(isNull(${value}), CAST([], 'Array(String)'), ${pieces})`;
      }),
      type: 'multivalue',
    };
  },
};
