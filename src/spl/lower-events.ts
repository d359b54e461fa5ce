import type { Diagnostic } from '../core/diagnostic.ts';
import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import { diagnose } from './diagnostics.ts';
import type { LowerOptions } from './lower.ts';
import type { EventsStage } from './parse.ts';
import type { EventsSource } from './plan.ts';
import type { SearchExpression, TimeModifier } from './search-expression.ts';
import { resolveTimeModifier } from './time-modifier.ts';

type Report = (diagnostic: Diagnostic) => void;

/**
 * Makes the source of a search over events. Terms that all events must meet are sorted out: indexes and time bounds go
 * into their own places, the rest stays the test. `tests` are the searches right behind the first stage.
 */
export function lowerEvents(
  stage: EventsStage,
  tests: readonly SearchExpression[],
  options: LowerOptions,
  report: Report,
): EventsSource {
  const terms = conjuncts(stage.test);
  checkModifiers(stage.test, options, report);
  const { indexes, others } = takeIndexes(terms);
  const bounds = takeBounds(others, options, report);
  const all = [...bounds.others, ...tests.flatMap(conjuncts)].filter((term) => term.kind !== 'all');
  return {
    kind: 'events',
    indexes,
    earliest: bounds.earliest,
    latest: bounds.latest,
    indexEarliest: bounds.indexEarliest,
    indexLatest: bounds.indexLatest,
    test: conjunction(all),
    span: stage.span,
  };
}

/** The terms of which all must hold; groups in parentheses are opened. */
function conjuncts(expression: SearchExpression): readonly SearchExpression[] {
  return expression.kind === 'and' ? expression.terms.flatMap(conjuncts) : [expression];
}

function conjunction(terms: readonly SearchExpression[]): SearchExpression | undefined {
  const [first, ...others] = terms;
  if (first === undefined || others.length === 0) return first;
  const start = terms.reduce((least, term) => Math.min(least, term.span.start), first.span.start);
  const end = terms.reduce((most, term) => Math.max(most, term.span.end), first.span.end);
  return { kind: 'and', terms, span: { start, end } };
}

/** The first term that says nothing but which indexes. A second one narrows further, so it stays a test. */
function takeIndexes(terms: readonly SearchExpression[]): {
  readonly indexes: readonly string[];
  readonly others: readonly SearchExpression[];
} {
  const at = terms.findIndex((term) => indexPatterns(term) !== undefined);
  const term = terms[at];
  const patterns = term === undefined ? [] : (indexPatterns(term) ?? []);
  return {
    indexes: patterns.includes('*') ? [] : patterns,
    others: terms.filter((_, position) => position !== at),
  };
}

function indexPatterns(term: SearchExpression): readonly string[] | undefined {
  switch (term.kind) {
    case 'comparison':
      return term.field === 'index' && term.operator === '=' && !term.value.caseSensitive
        ? [term.value.text]
        : undefined;
    case 'membership':
      return term.field === 'index' && term.values.every((value) => !value.caseSensitive)
        ? term.values.map((value) => value.text)
        : undefined;
    case 'or': {
      const lists = term.terms.map(indexPatterns);
      return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
    }
    case 'and':
    case 'not':
    case 'term':
    case 'time-modifier':
    case 'all':
      return undefined;
  }
}

function checkModifiers(expression: SearchExpression, options: LowerOptions, report: Report): void {
  for (const modifier of modifiersIn(expression))
    if (resolve(modifier, options) === undefined)
      report(diagnose('bad-time-modifier', { name: modifier.name, value: modifier.value }, modifier.span));
}

function resolve(modifier: TimeModifier, { now, timezone }: LowerOptions): Ticks | undefined {
  return resolveTimeModifier(modifier.value, now, timezone);
}

function modifiersIn(expression: SearchExpression): readonly TimeModifier[] {
  switch (expression.kind) {
    case 'time-modifier':
      return [expression];
    case 'and':
    case 'or':
      return expression.terms.flatMap(modifiersIn);
    case 'not':
      return modifiersIn(expression.term);
    case 'comparison':
    case 'membership':
    case 'term':
    case 'all':
      return [];
  }
}

interface Bounds {
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  readonly indexEarliest: Ticks | null;
  readonly indexLatest: Ticks | null;
  readonly others: readonly SearchExpression[];
}

function takeBounds(terms: readonly SearchExpression[], options: LowerOptions, report: Report): Bounds {
  const direct = terms.filter((term) => term.kind === 'time-modifier');
  const others = terms.filter((term) => term.kind !== 'time-modifier');
  const bound = (
    name: TimeModifier['name'],
    pick: (left: Ticks, right: Ticks) => Ticks,
  ): Ticks | undefined => {
    const values = direct
      .filter((modifier) => modifier.name === name)
      .flatMap((modifier) => resolve(modifier, options) ?? []);
    return values.length === 0 ? undefined : values.reduce(pick);
  };
  const later = (left: Ticks, right: Ticks): Ticks => (left > right ? left : right);
  const earlier = (left: Ticks, right: Ticks): Ticks => (left < right ? left : right);
  const inlineEarliest = bound('earliest', later);
  const inlineLatest = bound('latest', earlier);
  const givenEarliest = options.earliest ?? null;
  // Inline `earliest` alone runs to now (Splunk documentation, "Time modifiers"); an open range stays open, so that
  // events of a clock that is ahead are not lost.
  const givenLatest =
    inlineEarliest !== undefined && options.latest !== undefined && options.latest !== null
      ? options.now
      : (options.latest ?? null);
  const first = spread(others, 'earliest', inlineEarliest, givenEarliest);
  const last = spread(first.others, 'latest', inlineLatest, givenLatest);
  const [modifier] = direct;
  if (modifier !== undefined && first.bound !== null && last.bound !== null && first.bound >= last.bound)
    report(diagnose('empty-time-range', {}, modifier.span));
  return {
    earliest: first.bound,
    latest: last.bound,
    indexEarliest: bound('_index_earliest', later) ?? null,
    indexLatest: bound('_index_latest', earlier) ?? null,
    others: last.others,
  };
}

/**
 * Where only a branch of an OR sets the bound, the branch overrides the given range for itself: the range moves into
 * the branches that set none.
 */
function spread(
  terms: readonly SearchExpression[],
  name: 'earliest' | 'latest',
  inline: Ticks | undefined,
  given: Ticks | null,
): { readonly bound: Ticks | null; readonly others: readonly SearchExpression[] } {
  if (inline !== undefined) return { bound: inline, others: terms };
  if (given === null || !terms.some((term) => sets(term, name))) return { bound: given, others: terms };
  return { bound: null, others: terms.map((term) => (sets(term, name) ? bounded(term, name, given) : term)) };
}

/** Whether a time modifier somewhere inside overrides the range; one under NOT does not. */
function sets(expression: SearchExpression, name: TimeModifier['name']): boolean {
  if (expression.kind === 'time-modifier') return expression.name === name;
  if (expression.kind === 'and' || expression.kind === 'or')
    return expression.terms.some((term) => sets(term, name));
  return false;
}

function bounded(expression: SearchExpression, name: 'earliest' | 'latest', given: Ticks): SearchExpression {
  const { span } = expression;
  if (!sets(expression, name)) {
    const modifier: TimeModifier = { kind: 'time-modifier', name, value: secondsText(given), span };
    return { kind: 'and', terms: [...conjuncts(expression), modifier], span };
  }
  if (expression.kind === 'or')
    return { ...expression, terms: expression.terms.map((term) => bounded(term, name, given)) };
  if (expression.kind === 'and')
    return {
      ...expression,
      terms: expression.terms.map((term) => (sets(term, name) ? bounded(term, name, given) : term)),
    };
  return expression;
}

/** Ticks as the text of epoch seconds. */
function secondsText(ticks: Ticks): string {
  const sign = ticks < 0n ? '-' : '';
  const absolute = ticks < 0n ? -ticks : ticks;
  const fraction = (absolute % TICKS_PER_SECOND).toString().padStart(7, '0');
  return `${sign}${absolute / TICKS_PER_SECOND}.${fraction}`;
}
