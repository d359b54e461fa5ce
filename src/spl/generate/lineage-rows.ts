import { formatTicks } from '../../core/ticks.ts';
import { describeReason } from '../../lineage/describe-reason.ts';
import { treeText } from '../../lineage/draw-tree.ts';
import { flagProcess } from '../../lineage/flags/flag-process.ts';
import { imageName } from '../../lineage/image-name.ts';
import type { Candidate, Lineage } from '../../lineage/process.ts';
import { lifeText } from '../../lineage/process-notes.ts';
import { type Family, leftOut } from '../../lineage/select-family.ts';
import { walkTree } from '../../lineage/walk-tree.ts';
import type { Cell, Column } from '../../store/store.ts';
import type { Block } from './operator.ts';

/** Columns of rows that are processes in a tree. */
export const lineageColumns: readonly Column[] = [
  { name: '_time', type: 'time' },
  { name: 'host', type: 'text' },
  { name: 'tree', type: 'text' },
  { name: 'depth', type: 'number' },
  { name: 'process_id', type: 'text' },
  { name: 'process_guid', type: 'text' },
  { name: 'process_name', type: 'text' },
  { name: 'process_path', type: 'text' },
  { name: 'process', type: 'text' },
  { name: 'user', type: 'text' },
  { name: 'end_time', type: 'time' },
  { name: 'known_from', type: 'text' },
  { name: 'link_grade', type: 'text' },
  { name: 'link_reasons', type: 'multivalue' },
  { name: 'link_candidates', type: 'multivalue' },
  { name: 'parent_process_id', type: 'text' },
  { name: 'parent_process_guid', type: 'text' },
  { name: 'parent_process_name', type: 'text' },
  { name: 'parent_process_path', type: 'text' },
  { name: 'flags', type: 'multivalue' },
  { name: 'hidden_children', type: 'number' },
  { name: 'lineage_id', type: 'text' },
  { name: 'parent_lineage_id', type: 'text' },
];

const ROWS_AT_ONCE = 4_096;

/** A family as rows of `lineageColumns`, one a process in the order of the tree. */
export function* lineageRows(family: Family): Generator<Block> {
  let rows: (readonly Cell[])[] = [];
  const { lineage } = family;
  for (const item of walkTree(family, 'processes')) {
    if (item.kind !== 'process') continue;
    const { index, depth } = item;
    const process = lineage.process(index);
    const edge = lineage.edge(index);
    const parent = edge.parent === undefined ? undefined : lineage.process(edge.parent);
    rows.push([
      process.start ?? null,
      lineage.host,
      treeText(item, process),
      depth,
      process.pid === undefined ? null : String(process.pid),
      process.guid ?? null,
      process.image === undefined ? null : imageName(process.image),
      process.image ?? null,
      process.commandLine ?? null,
      process.user ?? null,
      process.end ?? null,
      process.basis,
      edge.grade,
      edge.reasons.map(describeReason),
      edge.candidates.map((candidate) => candidateText(lineage, candidate)),
      parent?.pid === undefined ? null : String(parent.pid),
      parent?.guid ?? null,
      parent?.image === undefined ? null : imageName(parent.image),
      parent?.image ?? null,
      flagProcess(lineage, index).map(({ reason }) => reason),
      leftOut(family, index)?.children ?? null,
      process.id,
      parent?.id ?? null,
    ]);
    if (rows.length < ROWS_AT_ONCE) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

function candidateText(lineage: Lineage, candidate: Candidate): string {
  const life = lifeText(lineage.process(candidate.process), (moment) => formatTicks(moment, 3));
  const speaks = (word: string, reasons: Candidate['for']) =>
    reasons.length === 0 ? [] : [`${word}: ${reasons.map(describeReason).join('; ')}`];
  return [life, ...speaks('for', candidate.for), ...speaks('against', candidate.against)].join('; ');
}
