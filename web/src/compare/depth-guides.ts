import type { RowGuides } from '../tree/model/row-guides.ts';
import type { Grade } from '../tree/model/tree-columns.ts';

/** A row of one side; undefined where the process is not on that side. */
export interface SideRow {
  readonly depth: number;
  readonly grade: Grade;
}

/** The lines of a list of rows that only know their depths. Where a row is missing, lines of others still pass. */
export function depthGuides(rows: readonly (SideRow | undefined)[]): readonly RowGuides[] {
  const guides: RowGuides[] = new Array(rows.length);
  /** Levels at which a later row hangs on the line of the same parent. */
  const open: boolean[] = [];
  let nextDepth = -1;
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at];
    if (row === undefined) {
      guides[at] = {
        level: 0,
        passing: passing(open, open.length),
        edge: undefined,
        runsOn: undefined,
        down: undefined,
      };
      continue;
    }
    const { depth, grade } = row;
    guides[at] = {
      level: depth,
      passing: passing(open, depth),
      edge: depth === 0 ? undefined : { grade, on: false },
      runsOn: depth > 0 && open[depth] === true ? { level: depth - 1, on: false } : undefined,
      down: nextDepth === depth + 1 ? { level: depth, on: false } : undefined,
    };
    open.length = depth;
    if (depth > 0) open[depth] = true;
    nextDepth = depth;
  }
  return guides;
}

function passing(open: readonly boolean[], before: number): { level: number; on: boolean }[] {
  const lines: { level: number; on: boolean }[] = [];
  for (let level = 1; level < before; level += 1)
    if (open[level] === true) lines.push({ level: level - 1, on: false });
  return lines;
}
