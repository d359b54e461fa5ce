import type { Cell, Column } from '../store/store.ts';
import type { TreeRecord } from './tree-record.ts';

/** A column of flat trees; several values of a cell are joined with line feeds. */
interface TreeColumn {
  readonly name: string;
  cell(record: TreeRecord): Cell;
}

const always: readonly TreeColumn[] = [
  { name: 'id', cell: ({ id }) => id },
  { name: 'host', cell: ({ host }) => host },
  { name: 'guid', cell: ({ guid }) => guid },
  { name: 'pid', cell: ({ pid }) => (pid === null ? null : String(pid)) },
  { name: 'image', cell: ({ image }) => image },
  { name: 'command_line', cell: ({ commandLine }) => commandLine },
  { name: 'user', cell: ({ user }) => user },
  { name: 'start', cell: ({ start }) => start },
  { name: 'end', cell: ({ end }) => end },
  { name: 'basis', cell: ({ basis }) => basis },
  { name: 'start_from', cell: ({ startFrom }) => startFrom },
  { name: 'depth', cell: ({ depth }) => String(depth) },
  { name: 'parent_id', cell: ({ parent }) => parent.id },
  { name: 'grade', cell: ({ parent }) => parent.grade },
  { name: 'reasons', cell: ({ parent }) => parent.reasons.map(({ text }) => text) },
  { name: 'candidates', cell: ({ parent }) => parent.candidates.map(({ id }) => id) },
  { name: 'flags', cell: ({ flags }) => flags.map(({ reason }) => reason) },
  {
    name: 'seen_by',
    cell: ({ seenBy }) =>
      seenBy.map(({ product, eventCode, id }) => [product, eventCode ?? '', id].join(' ')),
  },
  { name: 'matched', cell: ({ matched }) => String(matched) },
  { name: 'left_out_children', cell: ({ leftOut }) => String(leftOut?.children ?? 0) },
];

const withEvidence: readonly TreeColumn[] = [
  {
    name: 'evidence',
    cell: ({ evidence }) => Object.entries(evidence ?? {}).map(([name, count]) => `${name}=${count}`),
  },
  {
    name: 'coverage',
    cell: ({ coverage }) => Object.entries(coverage ?? {}).map(([name, { answer }]) => `${name}=${answer}`),
  },
];

const withNaive: readonly TreeColumn[] = [
  { name: 'naive_parent_id', cell: ({ naive }) => naive?.parent ?? null },
  { name: 'naive_verdict', cell: ({ naive }) => naive?.verdict ?? null },
];

/** The columns of flat trees and how a record fills them. */
export function treeTable(parts: { readonly evidence: boolean; readonly naive: boolean }): {
  readonly columns: readonly Column[];
  row(record: TreeRecord): readonly Cell[];
} {
  const used = [...always, ...(parts.evidence ? withEvidence : []), ...(parts.naive ? withNaive : [])];
  return {
    columns: used.map(({ name }) => ({ name, type: 'text' })),
    row: (record) => used.map(({ cell }) => cell(record)),
  };
}
