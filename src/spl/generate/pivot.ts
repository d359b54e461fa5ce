import { sql } from '../../store/sql.ts';
import type { RowSet } from '../../store/store.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import type { Compilation } from './compilation.ts';
import { need } from './field-need.ts';
import type { Asked, Generator, StepPlace } from './generator.ts';
import { measuredFields } from './measures.ts';
import { shownBins, wholeBins } from './pivot-bins.ts';
import { askForCells, groupCells } from './pivot-cells.ts';
import { type PivotStep, type PreparedPivot, preparePivot } from './pivot-keys.ts';
import { pivotRows } from './pivot-rows.ts';
import { isAdditive, mergeOther, rankSeries } from './pivot-series.ts';

/**
 * `timechart` and `chart`. The values of each cell are computed in one pass over the rows, with the rank of their series;
 * OTHER is the sum of its series' cells where it can be; else a second pass over the rows computes it.
 */
export const pivotGenerator: Generator<PivotStep> = {
  needs: (step) =>
    need([
      ...(step.row ? [step.row.field] : []),
      ...(step.column ? [step.column.field] : []),
      ...measuredFields(step.measures),
    ]),
  generate(step, input, place) {
    const prepared = preparePivot(step, input, place);
    if (prepared.kind === 'question') return prepared;
    const { compilation, key } = place;
    const cells = compilation.facts.get(`${key}.cells`);
    if (!cells) return askCells(step, prepared, place);
    reportCappedSeries(step, cells, compilation);
    const shown = shownSeries(step, cells);
    const other = compilation.facts.get(`${key}.other`);
    if (shown && !other) return askOther(step, prepared, shown, place);
    const rows = [...cells.rows, ...(other?.rows ?? [])];
    const { timeBins } = prepared;
    const bins = shownBins(step, rows, timeBins, place);
    if (bins && 'kind' in bins) return bins;
    return {
      kind: 'rows',
      ...pivotRows({
        step,
        cells: rows,
        measures: prepared.columns,
        rowType: prepared.row?.type ?? 'text',
        bins,
        whole: wholeBins(step, timeBins, compilation),
      }),
      timeOrder: timeBins && 'ascending',
    };
  },
};

function askCells(step: PivotStep, prepared: PreparedPivot, { compilation, key }: StepPlace): Asked {
  const { column } = prepared;
  const cells = groupCells(prepared, prepared.relation.from, true, compilation);
  if (!column)
    return askForCells(
      `${key}.cells`,
      cells.from,
      sql`CAST(NULL, 'Nullable(String)')`,
      cells,
      prepared,
      compilation,
    );
  const ranked = rankSeries(step, column, cells, compilation);
  if (step.options.useOther && isAdditive(step)) {
    const merged = mergeOther(step, ranked, cells, prepared, compilation);
    return askForCells(`${key}.cells`, merged.from, merged.series, merged, prepared, compilation);
  }
  const shown = compilation.keep(ranked, ranked.keep).from;
  return askForCells(`${key}.cells`, shown, column.ref, cells, prepared, compilation, ranked.hidden);
}

function askOther(
  step: PivotStep,
  prepared: PreparedPivot,
  shown: readonly string[],
  { compilation, key }: StepPlace,
): Asked {
  const series = prepared.column?.ref ?? sql`NULL`;
  const names = compilation.parameters.bind(shown, 'Array(String)');
  const { from } = compilation.keep(
    prepared.relation,
    sql`isNotNull(${series}) AND NOT has(${names}, assumeNotNull(${series}))`,
  );
  const other = compilation.parameters.bind(step.options.otherText, 'String');
  const cells = groupCells(prepared, from, false, compilation);
  return askForCells(`${key}.other`, cells.from, other, cells, prepared, compilation);
}

/** Tells where the search wanted more series than a result may have. */
function reportCappedSeries({ options, span }: PivotStep, cells: RowSet, compilation: Compilation): void {
  const { columns: limit } = compilation.environment.limits;
  const wanted = options.where || options.limit.count === 0 ? Number.POSITIVE_INFINITY : options.limit.count;
  if (wanted <= limit) return;
  const series = new Set(cells.rows.map(([, name]) => name));
  if (series.size >= limit) compilation.report(runDiagnostic('too-many-columns', { limit }, span));
}

/** The names of the series that are shown, where the others are to be added up; undefined where they are not. */
function shownSeries({ options, column }: PivotStep, cells: RowSet): readonly string[] | undefined {
  const hidden = cells.rows.length === 0 || cells.rows.some((row) => row[2] === 1);
  if (!column || !options.useOther || !hidden) return undefined;
  return [...new Set(cells.rows.flatMap(([, series]) => (typeof series === 'string' ? [series] : [])))];
}
