import { TICKS_PER_SECOND, type Ticks } from '../../core/ticks.ts';
import type { Cell, RowSet } from '../../store/store.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import type { Compilation } from './compilation.ts';
import type { Asked, StepPlace } from './generator.ts';
import type { PivotStep } from './pivot-keys.ts';
import { allBins, evenBins, spanTicks, type TimeBins } from './time-bin.ts';

/** The bins that a time chart shows whether they have rows or not; undefined: those that have. */
export function shownBins(
  step: PivotStep,
  rows: RowSet['rows'],
  timeBins: TimeBins | undefined,
  place: StepPlace,
): readonly Ticks[] | undefined | Asked {
  const { compilation, key } = place;
  const range = timeBins && filledRange(step, rows, compilation);
  if (!range) return undefined;
  const { bins: limit } = compilation.environment.limits;
  if ((range[1] - range[0]) / spanTicks(timeBins.span) > BigInt(limit)) {
    compilation.report(runDiagnostic('too-many-bins', { limit }, step.span));
    return undefined;
  }
  const fact = compilation.facts.get(`${key}.bins`);
  const bins = evenBins(range[0], range[1], timeBins) ?? fact?.rows.map(([bin]) => bin as Ticks);
  return bins ?? askBins(range, timeBins, place);
}

/** Whether a bin lies whole in the search's time range; all do where partial ones are shown. */
export function wholeBins(
  { options }: PivotStep,
  bins: TimeBins | undefined,
  { environment }: Compilation,
): (start: Cell) => boolean {
  if (options.partial || !bins) return () => true;
  const { earliest, latest } = environment;
  const length = spanTicks(bins.span);
  return (start) =>
    typeof start !== 'bigint' ||
    ((earliest === null || start >= earliest) && (latest === null || start + length <= latest));
}

/** The range of time that bins have to fill; undefined where they are not filled. */
function filledRange(
  { options }: PivotStep,
  rows: RowSet['rows'],
  { environment }: Compilation,
): readonly [Ticks, Ticks] | undefined {
  if (!options.continuous) return undefined;
  const times = rows.flatMap(([time]) => (typeof time === 'bigint' ? [time] : []));
  const bounded = options.fixedRange;
  const { earliest, latest } = environment;
  // All time is from 1970 on, or from 1 s later; nobody wants to see its bins.
  const from = bounded && earliest !== null && earliest > TICKS_PER_SECOND ? earliest : least(times);
  const to = bounded && latest !== null ? latest : greatest(times, 1n);
  return from === undefined || to === undefined || to <= from ? undefined : [from, to];
}

function least(times: readonly Ticks[]): Ticks | undefined {
  return times.reduce<Ticks | undefined>(
    (low, time) => (low === undefined || time < low ? time : low),
    undefined,
  );
}

function greatest(times: readonly Ticks[], more: Ticks): Ticks | undefined {
  const high = times.reduce<Ticks | undefined>(
    (top, time) => (top === undefined || time > top ? time : top),
    undefined,
  );
  return high === undefined ? undefined : high + more;
}

function askBins(range: readonly [Ticks, Ticks], bins: TimeBins, { compilation, key }: StepPlace): Asked {
  return {
    kind: 'question',
    question: {
      key: `${key}.bins`,
      sql: compilation.statement(allBins(range[0], range[1], bins, compilation.parameters)),
      columns: [{ name: 'bin', type: 'time' }],
    },
  };
}
