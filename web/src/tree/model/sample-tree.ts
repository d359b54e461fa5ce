import type { TreeColumns } from './tree-columns.ts';

/** A process of a made-up tree, for tests. */
export interface SampleProcess {
  readonly parent: number;
  readonly name?: string;
  readonly grade?: number;
  readonly basis?: number;
  readonly start?: number;
  readonly end?: number;
  readonly fold?: number;
  readonly severity?: number;
  readonly matched?: boolean;
}

/** Columns of processes that are given in pre-order. */
export function sampleTree(processes: readonly SampleProcess[]): TreeColumns {
  const depth: number[] = [];
  for (const [at, { parent }] of processes.entries()) depth[at] = parent < 0 ? 0 : (depth[parent] ?? 0) + 1;
  const names = [...new Set(processes.map(({ name }) => name ?? 'cmd.exe'))];
  const numbers = (of: (each: SampleProcess) => number) => processes.map(of);
  return {
    size: processes.length,
    origin: Date.UTC(2026, 10, 18),
    pid: Float64Array.from(processes, (_, at) => 1000 + at),
    parent: Int32Array.from(numbers(({ parent }) => parent)),
    depth: Int32Array.from(depth),
    grade: Uint8Array.from(numbers(({ grade }) => grade ?? 0)),
    basis: Uint8Array.from(numbers(({ basis }) => basis ?? 0)),
    start: Float64Array.from(processes, ({ start }, at) => start ?? at * 1000),
    end: Float64Array.from(numbers(({ end }) => end ?? Number.NaN)),
    name: Int32Array.from(numbers(({ name }) => names.indexOf(name ?? 'cmd.exe'))),
    names,
    user: new Int32Array(processes.length).fill(-1),
    users: [],
    fold: Int32Array.from(numbers(({ fold }) => fold ?? -1)),
    severity: Uint8Array.from(numbers(({ severity }) => severity ?? 0)),
    flags: Uint16Array.from(numbers(({ severity }) => (severity ? 1 : 0))),
    candidates: new Uint16Array(processes.length),
    disagreements: new Uint16Array(processes.length),
    matched: Uint8Array.from(numbers(({ matched }) => (matched ? 1 : 0))),
    leftOut: new Int32Array(processes.length),
  };
}
