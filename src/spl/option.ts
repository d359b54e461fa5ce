import type { Span } from '../core/diagnostic.ts';
import { parseBinSpan } from './bin-span.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import type { BinSpan } from './plan.ts';
import type { Token } from './scan.ts';
import type { StageReader } from './stage-reader.ts';

/** An option of a command, `name=value`: one declaration for parser, completion and language reference. */
export interface Option<Value> {
  /** The value's syntax, for people: `<bool>`. */
  readonly syntax: string;
  readonly summary: string;
  /** What an option that is not given counts as. */
  readonly fallback: Value;
  /** What the value must be, for the diagnostic. */
  readonly expected: DiagnosticPhrase;
  /** Understands the token behind `=`; undefined where it is none of the option's values. */
  read(token: Token, reader: StageReader): Value | undefined;
  /** Known to Splunk, and refused here by name where the value is not the fallback. */
  readonly unsupported?: true;
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name]['fallback'];
};

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['t', true],
  ['true', true],
  ['1', true],
  ['yes', true],
  ['f', false],
  ['false', false],
  ['0', false],
  ['no', false],
]);

export function booleanOption(fallback: boolean, summary: string): Option<boolean> {
  return {
    syntax: '<bool>',
    summary,
    fallback,
    expected: 'true or false',
    read: (token) => booleans.get(token.value.toLowerCase()),
  };
}

/** An option that exists in Splunk; giving another value than the default is an error that names it. */
export function unsupportedBoolean(fallback: boolean, summary: string): Option<boolean> {
  return { ...booleanOption(fallback, summary), unsupported: true };
}

interface Range {
  readonly least?: number;
  readonly most?: number;
}

export function integerOption<Fallback extends number | undefined>(
  fallback: Fallback,
  summary: string,
  range: Range = {},
): Option<number | Fallback> {
  const { least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER } = range;
  return {
    syntax: '<int>',
    summary,
    fallback,
    expected: expectedInteger(least, most),
    read: (token) => readInteger(token.value, least, most),
  };
}

function expectedInteger(least: number, most: number): DiagnosticPhrase {
  if (least === Number.MIN_SAFE_INTEGER) return 'a whole number';
  return most === Number.MAX_SAFE_INTEGER
    ? `a whole number from ${least} up`
    : `a whole number from ${least} to ${most}`;
}

/** A whole number written in digits; undefined for anything else, and outside the range. */
export function readInteger(text: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  if (!/^[+-]?\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

export function numberOption(summary: string): Option<number | undefined> {
  return {
    syntax: '<num>',
    summary,
    fallback: undefined,
    expected: 'a number',
    read: (token) => (/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(token.value) ? Number(token.value) : undefined),
  };
}

export function textOption<Fallback extends string | undefined>(
  fallback: Fallback,
  summary: string,
  syntax = '<string>',
): Option<string | Fallback> {
  return { syntax, summary, fallback, expected: 'a text', read: (token) => token.value };
}

export function fieldOption<Fallback extends string | undefined>(
  fallback: Fallback,
  summary: string,
): Option<string | Fallback> {
  return {
    syntax: '<field>',
    summary,
    fallback,
    expected: 'the name of a field',
    read: (token) => (token.value === '' ? undefined : token.value),
  };
}

export function choiceOption<const Choice extends string>(
  choices: readonly Choice[],
  fallback: Choice,
  summary: string,
): Option<Choice>;
export function choiceOption<const Choice extends string>(
  choices: readonly Choice[],
  fallback: undefined,
  summary: string,
): Option<Choice | undefined>;
export function choiceOption(
  choices: readonly string[],
  fallback: string | undefined,
  summary: string,
): Option<string | undefined> {
  return {
    syntax: choices.join(' | '),
    summary,
    fallback,
    expected: `one of ${choices.join(', ')}`,
    read: (token) => choices.find((choice) => choice === token.value.toLowerCase()),
  };
}

export function spanOption(summary: string): Option<BinSpan | undefined> {
  return {
    syntax: '<span>',
    summary,
    fallback: undefined,
    expected: 'a length such as 5m, 1d, 10 or 2log10',
    read: (token) => parseBinSpan(token.value),
  };
}

/** A quoted text as written, with its place, for regular expressions. */
export interface WrittenText {
  readonly token: Token;
  readonly span: Span;
}

export function writtenOption(syntax: string, summary: string): Option<WrittenText | undefined> {
  return {
    syntax,
    summary,
    fallback: undefined,
    expected: 'a quoted text',
    read: (token) => (token.kind === 'end' ? undefined : { token, span: token.span }),
  };
}
