import { buildLineage } from '../../lineage/build-lineage.ts';
import type { ObservationKind, ObservationRow } from '../../lineage/observation.ts';
import { ObservationBuilder } from '../../lineage/observation-builder.ts';
import type { Lineage } from '../../lineage/process.ts';
import { matchProcesses, selectFamily } from '../../lineage/select-family.ts';
import type { Cell, Column } from '../../store/store.ts';
import { runDiagnostic } from '../run-diagnostics.ts';
import { need } from './field-need.ts';
import type { Generator, StepOf } from './generator.ts';
import { lineageColumns, lineageRows } from './lineage-rows.ts';
import type { Block, Operator, OperatorSurroundings } from './operator.ts';
import { columnOf, type Relation } from './relation.ts';
import { RowCells } from './row-cells.ts';

type ProcessTreeStep = StepOf<'process-tree'>;

/** Fields of events that are read whatever the step's options say. */
const eventFields = [
  '_time',
  '_indextime',
  '_event_class',
  '_product',
  'EventCode',
  'process_integrity_level',
  'User',
  'user_domain',
  'ParentUser',
  'LogonId',
  'TargetLogonId',
  'SubjectLogonId',
  'SHA256',
];

/** `proctree`: reads all rows and gives one row a process, host after host. */
export const processTreeGenerator: Generator<ProcessTreeStep> = {
  needs: (step) => need(readFields(step)),
  generate(step, input) {
    const columns = readFields(step).flatMap((name) => columnOf(input, name) ?? []);
    const rows: Relation = { ...input, columns, listed: true, rest: undefined };
    return { kind: 'operate', input: rows, operator: processTreeOperator(step) };
  },
};

function readFields({ fields }: ProcessTreeStep): string[] {
  return [...new Set([...Object.values(fields), ...eventFields])];
}

function processTreeOperator(step: ProcessTreeStep): Operator {
  return {
    title: 'proctree',
    columns: () => lineageColumns,
    run: (rows, input, surroundings) => trees(step, input, rows, surroundings),
  };
}

async function* trees(
  step: ProcessTreeStep,
  columns: readonly Column[],
  rows: AsyncIterable<Block>,
  surroundings: OperatorSurroundings,
): AsyncGenerator<Block> {
  const cells = new RowCells(columns);
  const builders = new Map<string, ObservationBuilder>();
  let count = 0;
  let without = 0;
  for await (const block of rows)
    for (const row of block) {
      count += 1;
      const arrival = cells.time(row, '_indextime');
      if (step.asOf !== undefined && arrival !== undefined && arrival > step.asOf) continue;
      const host = cells.text(row, step.fields.host)?.toLowerCase();
      const observation = observationOf(row, cells, step, count);
      if (host === undefined || observation === undefined) {
        without += 1;
        continue;
      }
      const builder = builders.get(host) ?? new ObservationBuilder(host);
      builders.set(host, builder);
      builder.add(observation);
    }
  if (without > 0)
    surroundings.report(
      runDiagnostic('rows-without-process', { command: 'proctree', rows: without }, step.span),
    );
  const outside = { parents: 0, children: 0 };
  for (const host of [...builders.keys()].sort()) {
    const lineage = buildLineage((builders.get(host) as ObservationBuilder).finish());
    countOutside(lineage, outside);
    const query = step.root === undefined ? undefined : ({ kind: 'text', text: step.root } as const);
    const matched = matchProcesses(lineage, query ?? { kind: 'all' });
    yield* lineageRows(selectFamily(lineage, matched, { ancestors: false, descendants: true }));
  }
  if (outside.parents > 0) surroundings.report(runDiagnostic('parents-outside', outside, step.span));
}

function countOutside(lineage: Lineage, outside: { parents: number; children: number }): void {
  for (let index = 0; index < lineage.size; index++) {
    if (lineage.process(index).basis === 'started') continue;
    const { length } = lineage.children(index);
    if (length === 0) continue;
    outside.parents += 1;
    outside.children += length;
  }
}

/** What a row observes; undefined where it names no process or has no time. */
function observationOf(
  row: readonly Cell[],
  cells: RowCells,
  { fields }: ProcessTreeStep,
  number: number,
): ObservationRow | undefined {
  const time = cells.time(row, '_time');
  const pid = cells.processId(row, fields.pid);
  const guid = cells.guid(row, fields.guid);
  if (time === undefined || (pid === undefined && guid === undefined)) return undefined;
  const eventCode = cells.text(row, 'EventCode');
  const parentPid = cells.processId(row, fields.ppid);
  const parentGuid = cells.guid(row, fields.pguid);
  const image = cells.said(row, fields.image);
  const parentImage = cells.said(row, fields.pimage);
  const saysParent = parentPid !== undefined || parentGuid !== undefined;
  const kind = kindOf(cells.text(row, '_event_class'), eventCode, saysParent);
  const event = {
    id: `row ${number}`,
    product: cells.text(row, '_product') ?? 'rows',
    eventCode,
    time,
    arrival: cells.time(row, '_indextime') ?? time,
  };
  return {
    kind,
    event,
    pid,
    guid,
    image,
    user: accountOf(row, cells, fields.user),
    logonId: logonOf(row, cells),
    ...(kind === 'start' && {
      commandLine: otherThan(cells.said(row, fields.command), image),
      integrityLevel: cells.text(row, 'process_integrity_level'),
      hash: cells.text(row, 'SHA256'),
      parentUser: cells.said(row, 'ParentUser'),
      parentPid,
      parentGuid,
      parentImage,
      parentCommandLine: otherThan(cells.said(row, fields.pcommand), parentImage),
    }),
  };
}

/** Two sensors name one account alike where both have its domain, which Security has in a field of its own. */
function accountOf(row: readonly Cell[], cells: RowCells, field: string): string | undefined {
  const name = cells.said(row, field);
  if (field !== 'user') return name;
  const domain = cells.said(row, 'user_domain');
  return (
    cells.said(row, 'User') ?? (name === undefined || domain === undefined ? name : `${domain}\\${name}`)
  );
}

/** The session of the process itself: Security names it as the target's or the subject's. */
function logonOf(row: readonly Cell[], cells: RowCells): string | undefined {
  for (const name of ['LogonId', 'TargetLogonId', 'SubjectLogonId']) {
    const logon = cells.text(row, name)?.toLowerCase();
    if (logon !== undefined && !/^(0x)?0*$/.test(logon)) return logon;
  }
  return undefined;
}

function kindOf(
  eventClass: string | undefined,
  eventCode: string | undefined,
  saysParent: boolean,
): ObservationKind {
  if (eventClass === 'process-start') return 'start';
  if (eventClass === 'process-end') return 'end';
  if (eventClass !== undefined) return 'activity';
  if (eventCode === '5' || eventCode === '4689') return 'end';
  return saysParent ? 'start' : 'activity';
}

/** Where no command line was recorded, `process` and `parent_process` have the path of the program. */
function otherThan(text: string | undefined, image: string | undefined): string | undefined {
  return text === image ? undefined : text;
}
