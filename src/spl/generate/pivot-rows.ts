import type { Ticks } from '../../core/ticks.ts';
import type { Cell, Column, ColumnType, RowSet } from '../../store/store.ts';
import type { StepOf } from './generator.ts';

/** A measure as a column; `zero`: a cell without rows is 0, not empty. */
export interface PivotMeasure {
  readonly name: string;
  readonly type: ColumnType;
  readonly zero: boolean;
}

export interface PivotInput {
  readonly step: StepOf<'pivot'>;
  /** Row key, series, unused, one cell for each measure; in the order of the rows. */
  readonly cells: readonly (readonly Cell[])[];
  readonly measures: readonly PivotMeasure[];
  readonly rowType: ColumnType;
  /** Rows that must be there; undefined: those that have cells. */
  readonly bins: readonly Ticks[] | undefined;
  /** Which rows are shown. */
  readonly whole: (row: Cell) => boolean;
}

const FIRST_MEASURE = 3;

/** Turns cells into the table of `timechart` and `chart`: a row for each row key, a column for each series and measure. */
export function pivotRows({ step, cells, measures, rowType, bins, whole }: PivotInput): RowSet {
  const split = step.column !== undefined;
  const series = split ? orderedSeries(step, cells) : [null];
  const places = new Map<string | null, number>(series.map((name, at) => [name, at]));
  const width = series.length;
  const table = new Map<Cell, Cell[]>();
  const rowOf = (key: Cell): Cell[] => {
    const identity = Array.isArray(key) ? key.join('\n') : key;
    let row = table.get(identity);
    if (!row) {
      row = measures.flatMap(({ zero }) => new Array<Cell>(width).fill(zero ? 0 : null));
      table.set(identity, row);
    }
    return row;
  };
  for (const bin of bins ?? []) rowOf(bin);
  for (const cell of cells) {
    const row = rowOf(cell[0] ?? null);
    const place = places.get(split ? seriesName(step, cell[1] ?? null) : null) ?? 0;
    for (let at = 0; at < measures.length; at++) row[at * width + place] = cell[FIRST_MEASURE + at] ?? null;
  }
  const keys = [...table.keys()];
  if (rowType === 'time') keys.sort((one, other) => ((one ?? 0n) < (other ?? 0n) ? -1 : 1));
  return {
    columns: [
      ...(step.row ? [{ name: step.row.field, type: rowType }] : []),
      ...measures.flatMap((measure) =>
        series.map(
          (name): Column => ({
            name: columnName(step, measure.name, name, measures.length),
            type: measure.type,
          }),
        ),
      ),
    ],
    rows: keys.filter(whole).map((key) => [...(step.row ? [key] : []), ...(table.get(key) ?? [])]),
  };
}

function seriesName({ options }: StepOf<'pivot'>, name: Cell): string {
  return name === null ? options.nullText : String(name);
}

/** By name, then OTHER, then NULL. */
function orderedSeries(step: StepOf<'pivot'>, cells: PivotInput['cells']): string[] {
  const { otherText, nullText } = step.options;
  const names = new Set(cells.map(([, name]) => seriesName(step, name ?? null)));
  const last = [otherText, nullText].filter((name) => names.has(name));
  const rest = [...names].filter((name) => !last.includes(name)).sort(naturally);
  return [...rest, ...last];
}

function naturally(one: string, other: string): number {
  const [left, right] = [Number(one), Number(other)];
  if (one !== '' && other !== '' && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return one < other ? -1 : 1;
}

function columnName(
  { options }: StepOf<'pivot'>,
  measure: string,
  series: string | null,
  count: number,
): string {
  if (series === null) return measure;
  if (options.format !== undefined)
    return options.format.replaceAll('$AGG$', () => measure).replaceAll('$VAL$', () => series);
  return count === 1 ? series : `${measure}${options.separator}${series}`;
}
