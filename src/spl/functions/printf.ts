import { joinSql, type Sql, sql } from '../../store/sql.ts';
import { asNumber, asText, nothing, wholeNumber } from '../coerce.ts';
import { diagnose } from '../diagnostics.ts';
import { groupDigits } from './conversion.ts';
import type { EvalFunction, FunctionCall } from './eval-function.ts';

interface Conversion {
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
  readonly letter: string;
}

type Piece = string | Conversion;

/** Splits a format; a `%` that begins no conversion stays text. */
function parseFormat(format: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const pattern =
    /%([-+ #0']*)(\*|\d{0,3})(?:\.(\*|\d{0,3}))?(?:hh|h|ll|l|L|j|t)?([aAcdeEfFgGiopsuxXz%])|[^%]+|%/gs;
  for (const found of format.matchAll(pattern)) {
    const [text, flags = '', width = '', precision, letter] = found;
    if (letter === undefined) pieces.push(text);
    else if (letter === '%') pieces.push('%');
    else pieces.push({ flags, width, precision, letter });
  }
  return pieces;
}

const wholeLetters = 'diuoxXcp';
const realLetters = 'aAeEfFgG';

/** Takes the arguments of a call one after another. */
function argumentsOf(call: FunctionCall): () => number | undefined {
  let next = 1;
  return () => (next < call.count ? next++ : undefined);
}

function convert(
  conversion: Conversion,
  call: FunctionCall,
  take: () => number | undefined,
): Sql | undefined {
  const star = (text: string | undefined) => {
    if (text !== '*') return text;
    const at = take();
    const number = at === undefined ? undefined : call.number(at);
    return number === undefined ? '0' : String(Math.max(0, Math.min(999, Math.trunc(number))));
  };
  const width = star(conversion.width) ?? '';
  const precision = star(conversion.precision);
  const at = take();
  if (at === undefined) {
    call.context.report(
      diagnose(
        'wrong-argument-count',
        { name: 'printf', found: call.count, expected: 'an argument for each conversion' },
        call.call.span,
      ),
    );
    return undefined;
  }
  const value = call.argument(at);
  const { letter, flags } = conversion;
  const { parameters } = call.context;
  const pad = (text: Sql) => padded(text, Number(width || '0'), flags.includes('-'), parameters);
  if (letter === 's' || letter === 'z') {
    const text = sql`ifNull(${asText(value)}, '')`;
    return pad(
      precision === undefined
        ? text
        : sql`substringUTF8(${text}, 1, ${parameters.bind(Number(precision || '0'), 'UInt32')})`,
    );
  }
  const number = asNumber(value);
  if (letter === 'c') return pad(sql`ifNull(substringUTF8(${asText(value)}, 1, 1), '')`);
  if (flags.includes("'") && 'diu'.includes(letter)) return pad(groupedWhole(number));
  const kept = flags.replaceAll("'", '');
  const code = `%${kept}${width}${precision === undefined ? '' : `.${precision}`}`;
  const isWhole = wholeLetters.includes(letter);
  const engineLetter = letter === 'i' || letter === 'u' ? 'd' : letter === 'p' ? 'x' : letter;
  const format = parameters.bind(code + engineLetter, 'String');
  if (!isWhole && !realLetters.includes(letter)) return undefined;
  return isWhole
    ? sql`printf(${format}, ifNull(${wholeNumber(number)}, 0))`
    : sql`printf(${format}, ifNull(${number}, 0.))`;
}

function groupedWhole(number: Sql): Sql {
  const whole = sql`ifNull(${wholeNumber(number)}, 0)`;
  return sql`concat(if(${whole} < 0, '-', ''), ${groupDigits(sql`toString(abs(${whole}))`)})`;
}

function padded(
  text: Sql,
  width: number,
  left: boolean,
  parameters: FunctionCall['context']['parameters'],
): Sql {
  if (width === 0) return text;
  // Padding cuts what is longer, so the width grows with the text.
  const size = sql`greatest(${parameters.bind(width, 'UInt32')}, lengthUTF8(${text}))`;
  return left ? sql`rightPadUTF8(${text}, ${size}, ' ')` : sql`leftPadUTF8(${text}, ${size}, ' ')`;
}

export const printf: EvalFunction = {
  name: 'printf',
  category: 'conversion',
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  signature: 'printf("format", value, ...)',
  summary: 'The format with its conversions (%s, %d, %5.2f, …) replaced by the values, as in C.',
  roles: ['literal', 'value'],
  compile: (call) => {
    const format = call.text(0);
    if (format === undefined) return nothing();
    const take = argumentsOf(call);
    const parts = parseFormat(format).map((piece) =>
      typeof piece === 'string' ? call.context.parameters.bind(piece, 'String') : convert(piece, call, take),
    );
    const known = parts.filter((part) => part !== undefined);
    if (known.length < parts.length) return nothing();
    return { sql: sql`concat('', ${joinSql([...known, sql`''`], sql`, `)})`, type: 'text' };
  },
};
