import type { NaiveMethod } from '../lineage/naive-lineage.ts';
import type { Lineage } from '../lineage/process.ts';
import type { Family } from '../lineage/select-family.ts';
import { foldGroups } from './fold-groups.ts';
import type { ProcessColumns } from './process-columns.ts';
import { type TreeOrder, treeOrder } from './tree-order.ts';

/** A part of a host's lineage, in the order in which it is drawn. */
export interface SelectedTree {
  readonly family: Family;
  readonly order: TreeOrder;
  readonly folds: Int32Array;
  readonly naive: NaiveMethod | undefined;
}

export function selectedTree(
  family: Family,
  columns: ProcessColumns,
  naive: NaiveMethod | undefined,
): SelectedTree {
  const order = treeOrder(family);
  return { family, order, folds: foldGroups(columns, order), naive };
}

/** The tree of a host as arrays of equal length, an entry a process, and the texts that they number. */
export interface TreeColumnsView {
  readonly names: string[];
  readonly users: string[];
  readonly columns: {
    readonly pid: number[];
    readonly parent: number[];
    readonly depth: number[];
    readonly grade: number[];
    readonly basis: number[];
    readonly start: (number | null)[];
    readonly startFrom: number[];
    readonly end: (number | null)[];
    readonly name: number[];
    readonly user: number[];
    readonly fold: number[];
    readonly severity: number[];
    readonly flags: number[];
    readonly candidates: number[];
    readonly disagreements: number[];
    readonly matched: number[];
    readonly leftOut: number[];
  };
}

/** The columns of a tree. Names and users are numbered anew, so that a small tree of a large host has few. */
export function treeColumns(
  { family, order, folds, naive }: SelectedTree,
  host: ProcessColumns,
): TreeColumnsView {
  const { indexes, parents } = order;
  const of = (column: ArrayLike<number>): number[] => Array.from(indexes, (index) => column[index] ?? 0);
  const known = (column: Float64Array): (number | null)[] =>
    Array.from(indexes, (index) => {
      const value = column[index] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    });
  const names = renumbered(of(host.name), host.names);
  const users = renumbered(of(host.user), host.users);
  // A simple join knows no grades.
  const grade = naive === undefined ? of(host.grade) : Array.from(parents, (parent) => (parent < 0 ? 4 : 2));
  return {
    names: names.texts,
    users: users.texts,
    columns: {
      pid: of(host.pid),
      parent: Array.from(parents),
      depth: Array.from(order.depths),
      grade,
      basis: of(host.basis),
      start: known(host.start),
      startFrom: of(host.startFrom),
      end: known(host.end),
      name: names.numbers,
      user: users.numbers,
      fold: Array.from(folds),
      severity: of(host.severity),
      flags: of(host.flags),
      candidates: naive === undefined ? of(host.candidates) : of(host.candidates).fill(0),
      disagreements: of(host.disagreements),
      matched: Array.from(indexes, (index) => (family.matched.has(index) ? 1 : 0)),
      leftOut: Array.from(order.leftOut),
    },
  };
}

function renumbered(numbers: number[], texts: readonly string[]): { numbers: number[]; texts: string[] } {
  const used: string[] = [];
  const again = new Int32Array(texts.length).fill(-1);
  const renumber = (number: number): number => {
    if (number < 0) return -1;
    if (again[number] === -1) again[number] = used.push(texts[number] ?? '') - 1;
    return again[number] ?? -1;
  };
  return { numbers: numbers.map(renumber), texts: used };
}

/** Positions of the processes with a text in program, command line or user, in any letter case, or with a process id. */
export function findInTree({ order }: SelectedTree, host: ProcessColumns, text: string): number[] {
  const wanted = text.toLowerCase();
  const pid = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
  const has = (value: string | undefined) => value?.toLowerCase().includes(wanted) === true;
  const users = host.users.map(has);
  const found: number[] = [];
  for (const [position, index] of order.indexes.entries())
    if (
      host.pid[index] === pid ||
      users[host.user[index] ?? -1] === true ||
      has(host.images[index]) ||
      has(host.commandLines[index])
    )
      found.push(position);
  return found;
}

/** How many processes of a tree have each grade, and how many have a flag. */
export function treeCounts(
  { order }: SelectedTree,
  lineage: Lineage,
  host: ProcessColumns,
): {
  readonly grades: { exact: number; probable: number; ambiguous: number; claimed: number; none: number };
  readonly flagged: number;
} {
  const grades = { exact: 0, probable: 0, ambiguous: 0, claimed: 0, none: 0 };
  let flagged = 0;
  for (const index of order.indexes) {
    grades[lineage.grade(index)] += 1;
    if ((host.flags[index] ?? 0) > 0) flagged += 1;
  }
  return { grades, flagged };
}
