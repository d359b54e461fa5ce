import type { Ticks } from '../core/ticks.ts';
import type { Lineage } from './process.ts';
import { bearersAt } from './process-index.ts';
import { plainGuid } from './start-key.ts';

/** Which processes of a host are asked for. */
export type ProcessQuery =
  | { readonly kind: 'all' }
  /** Text anywhere in a program's path or a command line, in any letter case. */
  | { readonly kind: 'text'; readonly text: string }
  /** With `at`: the process that bore the id then. */
  | { readonly kind: 'pid'; readonly pid: number; readonly at: Ticks | undefined }
  | { readonly kind: 'guid'; readonly guid: string };

/** Processes to show, and what is left out. */
export interface Family {
  readonly lineage: Lineage;
  /** Those that were asked for. */
  readonly matched: ReadonlySet<number>;
  /** The matched, their ancestors and all their descendants, where not everything is. */
  shows(index: number): boolean;
  /** Whether it is shown only as an ancestor of what was asked for. */
  isContext(index: number): boolean;
  /** How many are shown. */
  readonly size: number;
  /** Shown processes without a shown parent, in order. */
  readonly roots: readonly number[];
  /** Processes of the host; undefined where the lineage has not all of them. */
  readonly hostSize: number | undefined;
}

/** Children of a shown process that are not shown. */
export interface LeftOut {
  readonly children: number;
  /** With everything below them; undefined where the lineage has not all of the host. */
  readonly processes: number | undefined;
}

/** Indexes of the processes that a query asks for, in order. */
export function matchProcesses(lineage: Lineage, query: ProcessQuery): readonly number[] {
  const test = testOf(query);
  const matched: number[] = [];
  for (let index = 0; index < lineage.size; index++) if (test(lineage, index)) matched.push(index);
  return query.kind === 'pid' && query.at !== undefined ? bearersAt(lineage, matched, query.at) : matched;
}

function testOf(query: ProcessQuery): (lineage: Lineage, index: number) => boolean {
  switch (query.kind) {
    case 'all':
      return () => true;
    case 'text': {
      const text = query.text.toLowerCase();
      const has = (value: string | undefined) => value?.toLowerCase().includes(text) === true;
      return (lineage, index) => {
        const { image, commandLine, earlierImages } = lineage.outline(index);
        return has(image) || has(commandLine) || earlierImages.some(has);
      };
    }
    case 'pid':
      return (lineage, index) => lineage.outline(index).pid === query.pid;
    case 'guid': {
      const guid = plainGuid(query.guid);
      return (lineage, index) => {
        const { guid: own, otherGuids } = lineage.outline(index);
        return own === guid || otherGuids.includes(guid);
      };
    }
  }
}

const SHOWN = 1;
const WHOLE = 2;

/** Which relatives of the matched processes belong to what is shown. */
export interface FamilyExtent {
  readonly ancestors: boolean;
  readonly descendants: boolean;
  /** False: the lineage has not all processes of the host. */
  readonly whole?: boolean;
}

/** The families of processes: their ancestors up to the root and all their descendants, or one side only. */
export function selectFamily(
  lineage: Lineage,
  matched: readonly number[],
  { ancestors, descendants, whole = true }: FamilyExtent = { ancestors: true, descendants: true },
): Family {
  const marks = new Uint8Array(lineage.size);
  let size = 0;
  const mark = (index: number, value: number) => {
    if (marks[index] === 0) size += 1;
    marks[index] = value;
  };
  const below = [...matched].reverse();
  for (let index = below.pop(); index !== undefined; index = below.pop()) {
    if (marks[index] === WHOLE) continue;
    mark(index, WHOLE);
    if (!descendants) continue;
    for (const child of lineage.children(index)) if (marks[child] !== WHOLE) below.push(child);
  }
  for (const index of ancestors ? matched : [])
    for (let up = lineage.parent(index); up >= 0 && marks[up] === 0; up = lineage.parent(up)) mark(up, SHOWN);
  const roots: number[] = [];
  for (let index = 0; index < lineage.size; index++) {
    if (marks[index] === 0) continue;
    const parent = lineage.parent(index);
    if (parent < 0 || marks[parent] === 0) roots.push(index);
  }
  return {
    lineage,
    matched: new Set(matched),
    shows: (index) => marks[index] !== 0,
    isContext: (index) => marks[index] === SHOWN,
    size,
    roots,
    hostSize: whole ? lineage.size : undefined,
  };
}

/** What is left out below a shown process; undefined where nothing is. */
export function leftOut({ lineage, shows, hostSize }: Family, index: number): LeftOut | undefined {
  const hidden = lineage.children(index).filter((child) => !shows(child));
  if (hidden.length === 0) return undefined;
  if (hostSize === undefined) return { children: hidden.length, processes: undefined };
  let processes = 0;
  const rest = [...hidden];
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    processes += 1;
    for (const child of lineage.children(at)) rest.push(child);
  }
  return { children: hidden.length, processes };
}
