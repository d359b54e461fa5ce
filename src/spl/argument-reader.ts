import type { Span } from '../core/diagnostic.ts';
import type { DiagnosticPhrase } from './diagnostic-phrase.ts';
import { nearestName } from './nearest-name.ts';
import { type OptionTable, type OptionValues, readInteger } from './option.ts';
import type { Token } from './scan.ts';
import type { StageReader } from './stage-reader.ts';

/** The options of one command as they are met among its arguments. */
export interface OptionReader<Table extends OptionTable> {
  /** Takes `name=value` if that comes next. An unknown name or a wrong value is reported, and taken too. */
  take(): boolean;
  readonly values: OptionValues<Table>;
  /** Where each option that was given stands. */
  readonly given: ReadonlyMap<keyof Table, Span>;
}

/** Reads a command's options wherever they stand; they may come before, between and after the other arguments. */
export function readOptions<Table extends OptionTable>(
  reader: StageReader,
  command: string,
  table: Table,
): OptionReader<Table> {
  const names = new Map(Object.keys(table).map((name) => [name.toLowerCase(), name]));
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) values[name] = option.fallback;
  const given = new Map<keyof Table, Span>();

  function take(): boolean {
    const word = reader.peek('arguments');
    if (word.kind !== 'word' || reader.peekSecond('arguments').text !== '=') return false;
    reader.next('arguments');
    const equals = reader.next('arguments');
    const value = reader.peek('option');
    const name = names.get(word.text.toLowerCase());
    const option = name === undefined ? undefined : table[name];
    if (name === undefined || option === undefined) {
      reader.report(
        'unknown-option',
        { command, name: word.text, nearest: nearestName(word.text, Object.keys(table)) },
        { start: word.span.start, end: isValue(value) ? value.span.end : equals.span.end },
      );
      if (isValue(value)) reader.next('option');
      return true;
    }
    if (!isValue(value)) {
      reader.report(
        'bad-option-value',
        { name, found: value.text, expected: option.expected },
        {
          start: word.span.start,
          end: equals.span.end,
        },
      );
      return true;
    }
    reader.next('option');
    const span = { start: word.span.start, end: value.span.end };
    if (given.has(name)) reader.report('option-given-twice', { name }, span);
    given.set(name, span);
    if (value.kind === 'macro') return true;
    const meant = option.read(value, reader);
    if (meant === undefined)
      reader.report('bad-option-value', { name, found: value.value, expected: option.expected }, value.span);
    else if (option.unsupported === true && meant !== option.fallback)
      reader.report('option-not-supported', { command, name }, span);
    else values[name] = meant;
    return true;
  }
  return { take, values: values as OptionValues<Table>, given };
}

function isValue(token: Token): boolean {
  return (
    token.kind === 'word' ||
    token.kind === 'string' ||
    token.kind === 'quoted-field' ||
    token.kind === 'macro'
  );
}

/** A name of a field as written in a command's arguments. */
export interface NamedField {
  readonly name: string;
  readonly span: Span;
}

/** The rest of a name that a statistic made, `(bytes)` of `sum(bytes)`: such names need no quotes. */
const statisticTail = /\([^()\s,"|[\]`]*\)[^()\s,"=<>|[\]`]*/y;

/** Takes one name of a field, bare or quoted, if it comes next. */
export function takeField(reader: StageReader): NamedField | undefined {
  const token = reader.peek('arguments');
  if (token.kind !== 'word' && token.kind !== 'string' && token.kind !== 'quoted-field') return undefined;
  reader.next('arguments');
  if (token.kind === 'word') {
    statisticTail.lastIndex = token.span.end;
    const tail = statisticTail.exec(reader.text)?.[0] ?? '';
    if (tail !== '' && token.span.end + tail.length <= reader.end) {
      reader.position = token.span.end + tail.length;
      return { name: token.value + tail, span: reader.spanFrom(token.span.start) };
    }
  }
  return { name: token.value, span: token.span };
}

/** Whether a bare word comes next, in any letter case. */
export function isKeyword(token: Token, ...words: readonly string[]): boolean {
  return token.kind === 'word' && words.includes(token.text.toLowerCase());
}

export interface FieldListRules {
  readonly wildcards: boolean;
  /** What the list is, for diagnostics: `the BY clause`. */
  readonly where: DiagnosticPhrase;
  /** Bare words that end the list. */
  readonly until?: readonly string[];
  /** Looks for options between the names. */
  readonly option?: () => boolean;
}

/** Names of fields with commas or blanks between, up to an ending word or what is no name. */
export function readFields(reader: StageReader, rules: FieldListRules): readonly NamedField[] {
  const fields: NamedField[] = [];
  for (;;) {
    if (rules.option?.() === true) continue;
    const token = reader.peek('arguments');
    if (token.kind === 'comma' || token.kind === 'macro') {
      reader.next('arguments');
      continue;
    }
    if (rules.until !== undefined && isKeyword(token, ...rules.until)) return fields;
    const field = takeField(reader);
    if (field === undefined) return fields;
    if (!rules.wildcards && field.name.includes('*'))
      reader.report('wildcard-not-allowed', { where: rules.where, name: field.name }, field.span);
    fields.push(field);
  }
}

/** Takes a whole number from `least` up if a number comes next; a number below it is reported and taken. */
export function takeCount(reader: StageReader, least: number): { value: number; span: Span } | undefined {
  const token = reader.peek('arguments');
  if (token.kind !== 'word' || !/^[+-]?\d+(\.\d+)?$/.test(token.text)) return undefined;
  if (reader.peekSecond('arguments').text === '=') return undefined;
  reader.next('arguments');
  const value = readInteger(token.text, least);
  if (value === undefined)
    reader.report(
      'bad-count',
      { found: token.text, expected: `a whole number from ${least} up` },
      token.span,
    );
  return { value: value ?? least, span: token.span };
}

/** Reports whatever is left in the stage: nothing that was written is passed over. */
export function expectEnd(reader: StageReader, command: string): void {
  for (;;) {
    const token = reader.peek('arguments');
    if (token.kind === 'end') return;
    if (token.kind === 'macro' || token.kind === 'comma') {
      reader.next('arguments');
      continue;
    }
    if (token.kind === 'subsearch') {
      if (token.closed) reader.report('subsearch-not-supported', {}, token.span);
    } else reader.report('too-many-arguments', { command, found: token.text }, token.span);
    reader.skipToEnd();
    return;
  }
}
