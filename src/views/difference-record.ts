import { formatTicks } from '../core/ticks.ts';
import type { Change, ProcessDifference } from '../lineage/difference.ts';
import type { Lineage } from '../lineage/process.ts';
import type { Cell, Column } from '../store/store.ts';
import type { DifferenceView } from './difference-view.ts';
import { processRecord } from './tree-record.ts';

/** A process that differs, as `--format json` writes it. */
export interface DifferenceRecord {
  readonly changes: readonly Change['kind'][];
  /** Fields that have another value, with both. */
  readonly fields: Readonly<
    Record<string, { readonly before: string | null; readonly after: string | null }>
  >;
  /** The process with its parent, at the two moments; null where it was not known. */
  readonly before: ReturnType<typeof processRecord> | null;
  readonly after: ReturnType<typeof processRecord> | null;
}

export function* differenceRecords({
  earlier,
  later,
  differences,
}: DifferenceView): Generator<DifferenceRecord> {
  for (const found of differences)
    yield {
      changes: [...new Set(found.changes.map(({ kind }) => kind))],
      fields: Object.fromEntries(changedFields(found)),
      before: recordOf(earlier, found.before),
      after: recordOf(later, found.after),
    };
}

function recordOf(lineage: Lineage, index: number | undefined) {
  return index === undefined ? null : processRecord(lineage, index);
}

function changedFields({ changes }: ProcessDifference) {
  const text = (value: string | number | bigint | undefined): string | null =>
    value === undefined ? null : typeof value === 'bigint' ? formatTicks(value) : String(value);
  return changes.flatMap((change) =>
    change.kind === 'changed'
      ? [[change.field, { before: text(change.before), after: text(change.after) }] as const]
      : [],
  );
}

export const differenceColumns: readonly Column[] = [
  'changes',
  'host',
  'id',
  'pid',
  'image',
  'command_line',
  'start',
  'parent_before',
  'parent_after',
  'grade_before',
  'grade_after',
  'fields',
].map((name) => ({ name, type: 'text' }));

/** A record as a flat row of `differenceColumns`. */
export function differenceRow({ changes, fields, before, after }: DifferenceRecord): readonly Cell[] {
  const shown = after ?? before;
  return [
    changes,
    shown?.host ?? null,
    shown?.id ?? null,
    shown === null || shown.pid === null ? null : String(shown.pid),
    shown?.image ?? null,
    shown?.commandLine ?? null,
    shown?.start ?? null,
    before?.parent.id ?? null,
    after?.parent.id ?? null,
    before?.parent.grade ?? null,
    after?.parent.grade ?? null,
    Object.entries(fields).map(([name, values]) => `${name}: ${values.before ?? ''} → ${values.after ?? ''}`),
  ];
}
