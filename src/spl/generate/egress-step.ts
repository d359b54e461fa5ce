import type { Ticks } from '../../core/ticks.ts';
import type { Cell, Column } from '../../store/store.ts';
import { type ConnectionRow, connectionColumns, connectionFields } from '../connection-reader.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { SearchError } from '../search-error.ts';
import { need } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import type { Block, Operator, OperatorSurroundings } from './operator.ts';
import { columnOf, type Relation } from './relation.ts';
import { RowCells } from './row-cells.ts';

type EgressStep = StepOf<'egress'>;

interface TimeRange {
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
}

const readFields = ['host', '_product', '_id'];

/** `egress`: reads all rows for the records and hosts that they name, then the connections out of the store. */
export const egressGenerator: Generator<EgressStep> = {
  needs: () => need(readFields),
  generate(step, input, { compilation }) {
    const columns = readFields.flatMap((name) => columnOf(input, name) ?? []);
    // What the rows name has no order, and what is given has its own.
    const rows: Relation = {
      ...input,
      columns,
      listed: true,
      rest: undefined,
      order: [],
      timeOrder: undefined,
    };
    const { earliest, latest } = compilation.environment;
    return { kind: 'operate', input: rows, operator: egressOperator(step, { earliest, latest }) };
  },
};

function egressOperator(step: EgressStep, range: TimeRange): Operator {
  return {
    title: 'egress',
    columns: () => connectionColumns,
    run: (rows, input, surroundings) => connections(step, range, input, rows, surroundings),
  };
}

const ROWS_AT_ONCE = 4_096;

async function* connections(
  { host, process, destination, unrecorded, span }: EgressStep,
  range: TimeRange,
  columns: readonly Column[],
  rows: AsyncIterable<Block>,
  { report, connectionReader, limits }: OperatorSurroundings,
): AsyncGenerator<Block> {
  if (connectionReader === undefined)
    throw new SearchError([runDiagnostic('no-connection-reader', {}, span)]);
  const cells = new RowCells(columns);
  const records = new Set<string>();
  const hosts = new Set<string>();
  let without = 0;
  for await (const block of rows)
    for (const row of block) {
      const id = cells.text(row, '_id');
      const name = cells.text(row, 'host')?.toLowerCase();
      if (id !== undefined && connectionReader.isRecord(cells.text(row, '_product') ?? '')) records.add(id);
      else if (name !== undefined) hosts.add(name);
      else without += 1;
    }
  if (without > 0) report(runDiagnostic('rows-without-host', { command: 'egress', rows: without }, span));
  if (records.size === 0 && hosts.size === 0) return;
  const question = { records, hosts, ...range, host, process, destination, unrecorded, limits };
  const answer = await connectionReader.read(question);
  if (host !== undefined && answer.unclearHost !== undefined)
    report(runDiagnostic('host-not-found', { host, hosts: answer.unclearHost }, span));
  let waiting: (readonly Cell[])[] = [];
  for (const row of answer.rows) {
    waiting.push(cellsOf(row));
    if (waiting.length < ROWS_AT_ONCE) continue;
    yield waiting;
    waiting = [];
  }
  if (waiting.length > 0) yield waiting;
}

function cellsOf(row: ConnectionRow): readonly Cell[] {
  return connectionFields.map((name) => row[name] ?? null);
}
