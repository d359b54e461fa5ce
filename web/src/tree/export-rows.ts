import type { TreeRow, TreeRows } from '../../../src/server/contracts/tree.ts';
import { apiGet } from '../api/client.ts';
import { deltaText } from './model/delta-text.ts';
import { rowKinds } from './model/row-buffer.ts';
import {
  basisAt,
  type Grade,
  gradeAt,
  nameAt,
  parentAt,
  type Severity,
  severityAt,
  userAt,
  valueAt,
} from './model/tree-columns.ts';
import { countBelow } from './model/tree-shape.ts';
import { ranges } from './row-store.ts';
import type { TreeView } from './use-tree-view.ts';

/** A row of the grid as it is drawn or written elsewhere. Texts are as recorded. */
export interface ExportRow {
  readonly row: number;
  readonly depth: number;
  readonly name: string;
  readonly pid: number;
  readonly grade: Grade;
  readonly claimed: boolean;
  /** Members of a group, else 1. */
  readonly count: number;
  /** Processes below that are not opened. */
  readonly below: number;
  readonly flaggedBelow: number;
  /** Milliseconds since 1970. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly delta: string;
  readonly user: string;
  readonly severity: Severity;
  readonly flags: number;
  readonly details: TreeRow | undefined;
}

/** A row for each row of the grid but lines between roots, at most `most`, with what the server knows of them. */
export async function exportRows(
  view: TreeView,
  timezone: string,
  most: number,
): Promise<readonly ExportRow[]> {
  const { rows, loaded } = view;
  const positions: number[] = [];
  for (let row = 0; row < rows.length && positions.length < most; row += 1)
    if (rows.kind[row] !== rowKinds.section) positions.push(valueAt(rows.position, row));
  const details = await detailsOf(loaded.tree.key, timezone, positions);
  const out: ExportRow[] = [];
  for (let row = 0; row < rows.length && out.length < most; row += 1)
    if (rows.kind[row] !== rowKinds.section) out.push(exportRow(view, row, details));
  return out;
}

async function detailsOf(
  key: string,
  timezone: string,
  positions: readonly number[],
): Promise<ReadonlyMap<number, TreeRow>> {
  const details = new Map<number, TreeRow>();
  for (let from = 0; from < positions.length; from += 400) {
    const answer = await apiGet<TreeRows>(`/tree/${encodeURIComponent(key)}/rows`, {
      positions: ranges([...new Set(positions.slice(from, from + 400))]),
      timezone,
    });
    for (const row of answer.rows) details.set(row.position, row);
  }
  return details;
}

function exportRow(
  { rows, loaded }: TreeView,
  row: number,
  details: ReadonlyMap<number, TreeRow>,
): ExportRow {
  const { columns, shape } = loaded;
  const at = valueAt(rows.position, row);
  const isGroup = rows.kind[row] !== rowKinds.process;
  const start = columns.start[at] ?? Number.NaN;
  const end = columns.end[at] ?? Number.NaN;
  const above = parentAt(columns, at);
  const delta = start - (columns.start[above] ?? Number.NaN);
  const closed = !isGroup && rows.expandable[row] === 1 && rows.expanded[row] !== 1;
  return {
    row,
    depth: valueAt(rows.depth, row),
    name: nameAt(columns, at) ?? '?',
    pid: valueAt(columns.pid, at),
    grade: gradeAt(columns, at),
    claimed: basisAt(columns, at) === 'claimed',
    count: valueAt(rows.count, row),
    below: closed ? countBelow(shape, at) : 0,
    flaggedBelow: closed ? valueAt(shape.flaggedBelow, at) : 0,
    start: Number.isNaN(start) ? undefined : columns.origin + start,
    end: Number.isNaN(end) ? undefined : columns.origin + end,
    delta: Number.isNaN(delta) || basisAt(columns, above) === 'claimed' ? '' : deltaText(delta),
    user: userAt(columns, at) ?? '',
    severity: severityAt(columns, at),
    flags: valueAt(columns.flags, at),
    details: details.get(at),
  };
}
