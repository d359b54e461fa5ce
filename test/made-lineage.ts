import type { Ticks } from '../src/core/ticks.ts';
import { parseIsoTicks } from '../src/core/ticks.ts';
import { outlineOf } from '../src/lineage/outline-of.ts';
import type { Grade, Lineage, ParentEdge, Process } from '../src/lineage/process.ts';

/** A process of a made lineage: what is not given is what no event said. `parent` names another's `name`. */
export interface MadeProcess extends Partial<Omit<Process, 'start' | 'end'>> {
  /** What tests call it. */
  readonly name: string;
  readonly parent?: string;
  readonly grade?: Grade;
  readonly edge?: Partial<ParentEdge>;
  /** `09:12:20.118` of 2024-05-14, or a whole date and time. */
  readonly start?: string;
  readonly end?: string;
}

/** A moment of the tests' day. */
export function madeTime(text: string): Ticks {
  const ticks = parseIsoTicks(text.length > 12 ? text : `2024-05-14T${text}Z`);
  if (ticks === undefined) throw new Error(`no time: ${text}`);
  return ticks;
}

/** A lineage that is what it is told to be; nothing is linked. Processes are numbered as given. */
export function madeLineage(made: readonly MadeProcess[], host = 'ws1.example'): Lineage {
  const places = new Map(made.map(({ name }, at) => [name, at]));
  const processes = made.map((one, at): Process => {
    const { name, parent, grade, edge, start, end, ...given } = one;
    return {
      id: `${host}|${name}`,
      host,
      pid: 1000 + at,
      guid: undefined,
      startFrom: start === undefined ? undefined : 'start-event',
      image: `C:\\Windows\\System32\\${name}.exe`,
      otherGuids: [],
      earlierImages: [],
      commandLine: undefined,
      user: undefined,
      logonId: undefined,
      integrityLevel: undefined,
      basis: grade === undefined && start === undefined ? 'claimed' : 'started',
      seenBy: [],
      disagreements: [],
      ...given,
      start: start === undefined ? undefined : madeTime(start),
      end: end === undefined ? undefined : madeTime(end),
    };
  });
  const edges = made.map(({ parent, grade, edge }): ParentEdge => {
    const at = parent === undefined ? undefined : places.get(parent);
    if (parent !== undefined && at === undefined) throw new Error(`no process ${parent}`);
    return {
      grade: grade ?? (at === undefined ? 'none' : 'exact'),
      parent: at,
      reasons: [],
      candidates: [],
      ...edge,
    };
  });
  const children = made.map((): number[] => []);
  for (const [at, { parent }] of edges.entries())
    if (parent !== undefined) (children[parent] as number[]).push(at);
  const ids = new Map(processes.map(({ id }, at) => [id, at]));
  return {
    host,
    size: made.length,
    process: (index) => processes[index] as Process,
    outline: (index) => outlineOf(processes[index] as Process, edges[index] as ParentEdge),
    edge: (index) => edges[index] as ParentEdge,
    grade: (index) => edges[index]?.grade ?? 'none',
    parent: (index) => edges[index]?.parent ?? -1,
    children: (index) => children[index] ?? [],
    roots: edges.flatMap(({ parent }, at) => (parent === undefined ? [at] : [])),
    find: (id) => ids.get(id),
  };
}
