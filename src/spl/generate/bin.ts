import type { Span } from '../../core/diagnostic.ts';
import { sql } from '../../store/sql.ts';
import { asNumber, asText, asTime } from '../coerce.ts';
import type { BinOptions } from '../plan.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { resolveTimeModifier } from '../time-modifier.ts';
import type { TypedSql } from '../typed-sql.ts';
import { assignFields } from './assign.ts';
import type { Compilation } from './compilation.ts';
import { needAlso } from './field-need.ts';
import type { Asked, Generator, StepOf, StepPlace } from './generator.ts';
import { binLabel, type NumberSpan, niceWidth, numberBin } from './number-bin.ts';
import { columnOf, type Relation, type RelationColumn, typedColumn } from './relation.ts';
import { floorTime, isKnownSnap, niceSpan, type TimeBins, type TimeSpan } from './time-bin.ts';

/** Default number of bins: limits.conf, `default_time_bins`, and the documentation of bin. */
const DEFAULT_BINS = 100;

/** `bin`. */
export const binGenerator: Generator<StepOf<'bin'>> = {
  needs: (step, after) => needAlso(after, [step.field]),
  generate(step, input, place) {
    const { compilation } = place;
    const column = columnOf(input, step.field);
    if (!column || column.nothing) return input;
    const bins = binsOf(column, input, step.options, place, step.span);
    if (bins.kind === 'question') return bins;
    return assignFields(
      input,
      [{ name: step.as, value: binned(column, bins, compilation).value }],
      compilation,
    );
  },
};

/** How the values of a field are cut. */
export type Bins =
  | { readonly kind: 'time'; readonly bins: TimeBins }
  | { readonly kind: 'number'; readonly span: NumberSpan };

/** The bins that options ask for; without a span they depend on the range of time, or on the values. */
export function binsOf(
  column: RelationColumn,
  input: Relation,
  options: BinOptions,
  { compilation, key }: StepPlace,
  at: Span,
): Bins | Asked {
  const { span } = options;
  if (span && span.kind !== 'time') return { kind: 'number', span };
  const { now, earliest, latest } = compilation.environment;
  if (span) {
    if (!isKnownSnap(span)) compilation.report(runDiagnostic('unknown-snap', { snap: span.snap ?? '' }, at));
    return { kind: 'time', bins: timeBins(span, options, compilation) };
  }
  const bins = options.bins ?? DEFAULT_BINS;
  const isTime = column.type === 'time' || column.name === '_time';
  const least = options.minspan?.kind === 'time' ? options.minspan : undefined;
  if (isTime && earliest !== null && latest !== null) {
    const end = latest > now && earliest < now ? now : latest;
    return { kind: 'time', bins: timeBins(niceSpan(end - earliest, bins, least), options, compilation) };
  }
  const fact = compilation.facts.get(`${key}.range`);
  if (!fact) return askRange(column, input, isTime, { compilation, key });
  const [low, high] = fact.rows[0] ?? [];
  if (isTime) {
    const range = typeof low === 'bigint' && typeof high === 'bigint' ? high - low : 0n;
    return { kind: 'time', bins: timeBins(niceSpan(range, bins, least), options, compilation) };
  }
  const from = Math.min(Number(low ?? 0), options.start ?? Number.POSITIVE_INFINITY);
  const to = Math.max(Number(high ?? 0), options.end ?? Number.NEGATIVE_INFINITY);
  const narrowest = options.minspan?.kind === 'number' ? options.minspan.width : 0;
  return { kind: 'number', span: { kind: 'number', width: Math.max(narrowest, niceWidth(to - from, bins)) } };
}

function askRange(column: RelationColumn, input: Relation, isTime: boolean, place: StepPlace): Asked {
  const { compilation, key } = place;
  const value = isTime ? asTime(typedColumn(column)) : asNumber(typedColumn(column));
  const type = isTime ? 'time' : 'number';
  return {
    kind: 'question',
    question: {
      key: `${key}.range`,
      sql: compilation.statement(
        sql`SELECT minOrNull(${value}) AS low, maxOrNull(${value}) AS high FROM ${input.from}`,
      ),
      columns: [
        { name: 'low', type },
        { name: 'high', type },
      ],
    },
  };
}

function timeBins(span: TimeSpan, { aligntime }: BinOptions, { environment }: Compilation): TimeBins {
  const { now, timezone, earliest, latest } = environment;
  const align = (text: string) =>
    text === 'earliest' ? earliest : text === 'latest' ? latest : resolveTimeModifier(text, now, timezone);
  return { span, timezone, align: aligntime === undefined ? undefined : (align(aligntime) ?? undefined) };
}

/** A binned field: its value (a moment, or a label) and, for labels, the number that they are ordered by. */
export interface Binned {
  readonly value: TypedSql;
  readonly start: TypedSql;
}

/** Cuts a field. What is no number keeps its text. */
export function binned(column: RelationColumn, bins: Bins, { parameters }: Compilation): Binned {
  const typed = typedColumn(column);
  if (bins.kind === 'time') {
    const start = floorTime(asTime(typed), bins.bins, parameters);
    const value: TypedSql =
      column.type === 'time' || column.name === '_time'
        ? { type: 'time', sql: start }
        : { type: 'number', sql: sql`toFloat64(${start})` };
    return { value, start: value };
  }
  const number = asNumber(typed);
  const bin = numberBin(number, bins.span, parameters);
  const label = sql`if(isNull(${bin.start}), ${asText(typed)}, ${binLabel(bin)})`;
  return { value: { type: 'text', sql: label }, start: { type: 'number', sql: bin.start } };
}
