import type { Span } from '../core/diagnostic.ts';
import { type FieldListRules, isKeyword, type NamedField, takeField } from './argument-reader.ts';
import { checkCondition } from './check-expression.ts';
import { findAggregate, statisticNames } from './find-aggregate.ts';
import { isKnownStatistic } from './known-functions.ts';
import { nearestName } from './nearest-name.ts';
import { parseExpression } from './parse-expression.ts';
import type { Measure } from './plan.ts';
import type { StageReader } from './stage-reader.ts';

export interface MeasureRules {
  /** Bare words that end the list, in lower case. */
  readonly until: readonly string[];
  readonly option?: () => boolean;
}

/**
 * Reads statistics such as `count, sum(bytes) AS total, p95(t), count(eval(status=404)) AS missing`, commas being
 * optional, up to an ending word or what is no statistic.
 */
export function readMeasures(reader: StageReader, rules: MeasureRules): readonly Measure[] {
  const measures: Measure[] = [];
  for (;;) {
    if (rules.option?.() === true) continue;
    const token = reader.peek('arguments');
    if (token.kind === 'comma' || token.kind === 'macro') {
      reader.next('arguments');
      continue;
    }
    if (token.kind !== 'word' || isKeyword(token, ...rules.until)) break;
    const measure = readMeasure(reader);
    if (measure !== undefined) measures.push(measure);
  }
  checkNames(reader, measures);
  return measures;
}

function checkNames(reader: StageReader, measures: readonly Measure[]): void {
  const seen = new Set<string>();
  for (const measure of measures) {
    if (seen.has(measure.name)) reader.report('name-used-twice', { name: measure.name }, measure.span);
    seen.add(measure.name);
  }
}

/** Reads one statistic with its name; the reader stands before a word. */
export function readMeasure(reader: StageReader): Measure | undefined {
  const nameToken = reader.next('arguments');
  const open = reader.peek('arguments');
  const called = open.kind === 'open';
  const argument = called ? readArgument(reader, nameToken.text) : undefined;
  const callSpan = reader.spanFrom(nameToken.span.start);
  const found = findAggregate(nameToken.text);
  const base = resolve();
  const alias = readAlias(reader);
  if (base === undefined) return undefined;
  const written = base.field === undefined ? nameToken.text : `${nameToken.text}(${base.field})`;
  if (base.expression !== undefined && alias === undefined) {
    reader.report('eval-needs-name', { text: reader.slice(callSpan) }, callSpan);
    return undefined;
  }
  checkWildcards(reader, base.field, alias);
  return { ...base, name: alias?.name ?? written, span: reader.spanFrom(nameToken.span.start) };

  function resolve(): Omit<Measure, 'name'> | undefined {
    if (found === undefined && isKnownStatistic(nameToken.text)) {
      reader.report('statistic-not-supported', { name: nameToken.text }, callSpan);
      return undefined;
    }
    if (found === undefined) {
      reader.report(
        'unknown-statistic',
        { name: nameToken.text, nearest: nearestName(nameToken.text, statisticNames()) },
        nameToken.span,
      );
      return undefined;
    }
    if (found.argument !== undefined && found.argument > 100)
      reader.report('percentile-out-of-range', { text: nameToken.text }, nameToken.span);
    if (argument === undefined && found.takes === 'field') {
      reader.report('statistic-needs-field', { name: nameToken.text }, callSpan);
      return undefined;
    }
    const number = found.argument === undefined ? {} : { argument: found.argument };
    return { function: found.name, ...number, ...argument, span: callSpan };
  }
}

type MeasureArgument = Pick<Measure, 'field' | 'expression'>;

/** The `(…)` of a statistic; undefined where it is empty. */
function readArgument(reader: StageReader, of: string): MeasureArgument | undefined {
  const open = reader.next('arguments');
  const first = reader.peek('arguments');
  if (isKeyword(first, 'eval') && reader.peekSecond('arguments').kind === 'open') {
    reader.next('arguments');
    const inner = reader.next('arguments');
    const expression = parseExpression(reader);
    checkCondition(reader, expression, 'any');
    closeParenthesis(reader, 'eval', inner.span);
    closeParenthesis(reader, of, open.span);
    return { expression };
  }
  const field = takeField(reader);
  closeParenthesis(reader, of, open.span);
  return field === undefined ? undefined : { field: field.name };
}

function closeParenthesis(reader: StageReader, of: string, open: Span): void {
  const token = reader.peek('arguments');
  if (token.kind === 'close') {
    reader.next('arguments');
    return;
  }
  if (token.kind === 'end') {
    reader.report('unclosed-parenthesis', { of }, open);
    return;
  }
  if (token.kind === 'subsearch' && token.closed) reader.report('subsearch-not-supported', {}, token.span);
  else if (token.kind !== 'macro')
    reader.report('unexpected-token', { found: token.text, expected: ')' }, token.span);
  let depth = 1;
  while (depth > 0) {
    const skipped = reader.next('arguments');
    if (skipped.kind === 'end') return;
    if (skipped.kind === 'open') depth += 1;
    if (skipped.kind === 'close') depth -= 1;
  }
}

/** `AS name`, if it comes next. */
export function readAlias(reader: StageReader): NamedField | undefined {
  if (!isKeyword(reader.peek('arguments'), 'as')) return undefined;
  const as = reader.next('arguments');
  const field = takeField(reader);
  if (field === undefined) reader.report('missing-part', { expected: 'a name after AS' }, as.span);
  return field;
}

function checkWildcards(reader: StageReader, field: string | undefined, alias: NamedField | undefined): void {
  if (alias === undefined) return;
  const from = field ?? '';
  const wanted = countStars(from);
  const found = countStars(alias.name);
  if (found !== wanted && found + wanted > 0)
    reader.report('wildcard-mismatch', { from, to: alias.name }, alias.span);
}

export function countStars(text: string): number {
  return text.split('*').length - 1;
}

/** What a BY clause of statistics takes. */
export const byRules: FieldListRules = { wildcards: false, where: 'the BY clause' };

/** Takes `BY`, if it comes next. */
export function takeBy(reader: StageReader): Span | undefined {
  if (!isKeyword(reader.peek('arguments'), 'by')) return undefined;
  return reader.next('arguments').span;
}
