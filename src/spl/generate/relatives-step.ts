import type { Ticks } from '../../core/ticks.ts';
import { hostLineage } from '../../lineage/host-lineage.ts';
import { ProcessIndex } from '../../lineage/process-index.ts';
import { selectFamily } from '../../lineage/select-family.ts';
import type { Column } from '../../store/store.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { need } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { lineageColumns, lineageRows } from './lineage-rows.ts';
import type { Block, Operator, OperatorSurroundings } from './operator.ts';
import { columnOf, type Relation } from './relation.ts';
import { RowCells } from './row-cells.ts';

type RelativesStep = StepOf<'relatives'>;

/** A process as a row names it. */
interface NamedProcess {
  readonly guid: string | undefined;
  readonly pid: number | undefined;
  readonly at: Ticks | undefined;
}

/** `ancestors` and `descendants`: reads all rows, then the lineage of each of their hosts out of the store. */
export const relativesGenerator: Generator<RelativesStep> = {
  needs: (step) => need(readFields(step)),
  generate(step, input) {
    const columns = readFields(step).flatMap((name) => columnOf(input, name) ?? []);
    const rows: Relation = { ...input, columns, listed: true, rest: undefined };
    return { kind: 'operate', input: rows, operator: relativesOperator(step) };
  },
};

function readFields({ host, pid, guid }: RelativesStep): string[] {
  return [...new Set([host, pid, guid, '_time'])];
}

function relativesOperator(step: RelativesStep): Operator {
  return {
    title: step.side,
    columns: () => lineageColumns,
    run: (rows, input, surroundings) => relatives(step, input, rows, surroundings),
  };
}

async function* relatives(
  step: RelativesStep,
  columns: readonly Column[],
  rows: AsyncIterable<Block>,
  { report, store, lossOf, limits }: OperatorSurroundings,
): AsyncGenerator<Block> {
  const cells = new RowCells(columns);
  const hosts = new Map<string, Map<string, NamedProcess>>();
  let without = 0;
  for await (const block of rows)
    for (const row of block) {
      const host = cells.text(row, step.host)?.toLowerCase();
      const guid = cells.guid(row, step.guid);
      const pid = cells.processId(row, step.pid);
      if (host === undefined || (guid === undefined && pid === undefined)) {
        without += 1;
        continue;
      }
      const named = hosts.get(host) ?? new Map<string, NamedProcess>();
      hosts.set(host, named);
      const at = cells.time(row, '_time');
      // Many events of one process are one question.
      named.set(guid ?? `${pid} ${at}`, { guid, pid, at });
    }
  if (without > 0)
    report(runDiagnostic('rows-without-process', { command: step.side, rows: without }, step.span));
  const extent = { ancestors: step.side === 'ancestors', descendants: step.side === 'descendants' };
  for (const host of [...hosts.keys()].sort()) {
    const loss = await lossOf?.(host, step.asOf);
    const lineage = await hostLineage(store, host, { asOf: step.asOf, loss, limits: limits() });
    const index = new ProcessIndex(lineage);
    const found = new Set<number>();
    const missing: NamedProcess[] = [];
    for (const named of hosts.get(host)?.values() ?? []) {
      const processes = processesOf(index, named);
      for (const process of processes) found.add(process);
      if (processes.length === 0) missing.push(named);
    }
    const [example] = missing;
    if (example !== undefined)
      report(
        runDiagnostic(
          'processes-not-found',
          { rows: missing.length, example: String(example.guid ?? example.pid), host },
          step.span,
        ),
      );
    const inOrder = [...found].sort((one, other) => one - other);
    yield* lineageRows(selectFamily(lineage, inOrder, extent));
  }
}

function processesOf(index: ProcessIndex, { guid, pid, at }: NamedProcess): readonly number[] {
  const byGuid = guid === undefined ? [] : index.ofGuid(guid);
  return byGuid.length > 0 || pid === undefined ? byGuid : index.ofPid(pid, at);
}
