import type { Tree } from '../../../../src/server/contracts/tree.ts';

/** Grades in the order of their numbers on the wire. */
export const grades = ['exact', 'probable', 'ambiguous', 'claimed', 'none'] as const;
export type Grade = (typeof grades)[number];

/** How a process is known, in the order of the numbers on the wire. */
export const bases = ['started', 'seen', 'claimed'] as const;
export type Basis = (typeof bases)[number];

/** Severities of flags, in the order of the numbers on the wire. */
export const severities = ['none', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/**
 * The processes of a tree as the server sends them: parallel arrays in pre-order, so that the descendants of a process
 * are the positions right after it. Times are milliseconds since `origin`; NaN is what no event says.
 */
export interface TreeColumns {
  readonly size: number;
  /** The moment that times are counted from, milliseconds since 1970. */
  readonly origin: number;
  /** -1 where unknown. */
  readonly pid: Float64Array;
  /** Position of the parent, -1 for a root. */
  readonly parent: Int32Array;
  /** 0 for a root. */
  readonly depth: Int32Array;
  readonly grade: Uint8Array;
  readonly basis: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Index into `names`; -1 where unknown. */
  readonly name: Int32Array;
  readonly names: readonly string[];
  /** Index into `users`; -1 where unknown. */
  readonly user: Int32Array;
  readonly users: readonly string[];
  /** Siblings with the same number have the same image and normalised command line; -1 for none. */
  readonly fold: Int32Array;
  readonly severity: Uint8Array;
  readonly flags: Uint16Array;
  readonly candidates: Uint16Array;
  /** Fields on which sensors disagree. */
  readonly disagreements: Uint16Array;
  readonly matched: Uint8Array;
  /** Processes of the host directly below it that are not in the tree. */
  readonly leftOut: Int32Array;
}

/** What is read of the server's answer. */
export type WireTree = Pick<Tree, 'base' | 'names' | 'users' | 'columns'>;

/** Packs the answer of the server. */
export function packColumns(tree: WireTree): TreeColumns {
  const wire = tree.columns;
  return {
    size: wire.parent.length,
    origin: Date.parse(tree.base),
    pid: Float64Array.from(wire.pid),
    parent: Int32Array.from(wire.parent),
    depth: Int32Array.from(wire.depth),
    grade: Uint8Array.from(wire.grade),
    basis: Uint8Array.from(wire.basis),
    start: Float64Array.from(wire.start, (value) => value ?? Number.NaN),
    end: Float64Array.from(wire.end, (value) => value ?? Number.NaN),
    name: Int32Array.from(wire.name),
    names: tree.names,
    user: Int32Array.from(wire.user),
    users: tree.users,
    fold: Int32Array.from(wire.fold),
    severity: Uint8Array.from(wire.severity),
    flags: Uint16Array.from(wire.flags),
    candidates: Uint16Array.from(wire.candidates),
    disagreements: Uint16Array.from(wire.disagreements),
    matched: Uint8Array.from(wire.matched),
    leftOut: Int32Array.from(wire.leftOut),
  };
}

/** The value of a typed array, 0 outside of it. */
export function valueAt(array: { readonly [at: number]: number }, at: number): number {
  return array[at] ?? 0;
}

export function gradeAt(columns: TreeColumns, at: number): Grade {
  return grades[valueAt(columns.grade, at)] ?? 'none';
}

export function basisAt(columns: TreeColumns, at: number): Basis {
  return bases[valueAt(columns.basis, at)] ?? 'started';
}

export function severityAt(columns: TreeColumns, at: number): Severity {
  return severities[valueAt(columns.severity, at)] ?? 'none';
}

/** The file name of the program; `undefined` where no event says it. */
export function nameAt(columns: TreeColumns, at: number): string | undefined {
  return columns.names[valueAt(columns.name, at)];
}

export function userAt(columns: TreeColumns, at: number): string | undefined {
  return columns.users[valueAt(columns.user, at)];
}

export function parentAt(columns: TreeColumns, at: number): number {
  return columns.parent[at] ?? -1;
}

/** The chain from the root to a process, both included; empty for a position outside of the tree. */
export function chainTo(columns: TreeColumns, at: number): number[] {
  const chain: number[] = [];
  if (at >= columns.size) return chain;
  for (let each = at; each >= 0; each = parentAt(columns, each)) chain.push(each);
  return chain.reverse();
}
