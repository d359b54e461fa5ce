import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type CaseValue = string | number | readonly string[] | null;
export type CaseRow = Readonly<Record<string, CaseValue>>;

/** One case of the conformance pack; its README says what the members mean. */
export interface ConformanceCase {
  readonly id: string;
  readonly topic: string;
  readonly spl: string;
  readonly input: readonly CaseRow[];
  readonly expect?: readonly CaseRow[];
  readonly ordered?: boolean;
  readonly fields?: readonly string[];
  readonly lookups?: unknown;
  readonly macros?: Readonly<Record<string, CaseMacro>>;
  readonly warnings?: readonly string[];
  readonly error?: { readonly fault: string; readonly span: string };
  readonly why: string;
}

export type CaseMacro =
  | string
  | { readonly args?: string; readonly definition: string; readonly iseval?: boolean };

/** All cases of a folder, in the order of files and lines. */
export function readCases(folder: string): ConformanceCase[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as ConformanceCase),
    );
}

const ignored = new Set(['index', 'host', 'source', 'sourcetype']);

/** What differs between the rows and the case's; undefined where nothing does. */
export function difference(
  columns: readonly string[],
  rows: readonly CaseRow[],
  { expect = [], ordered, fields }: ConformanceCase,
): string | undefined {
  const isCompared = (name: string) => fields?.includes(name) || !(ignored.has(name) || name.startsWith('_'));
  if (fields) {
    const shown = columns.filter((name) => fields.includes(name));
    if (shown.join() !== fields.join()) return `columns ${columns.join()} instead of ${fields.join()}`;
  }
  const plain = (row: CaseRow) =>
    JSON.stringify(
      Object.entries(row)
        .filter(([name]) => isCompared(name))
        .flatMap(([name, value]): [string, string | readonly string[]][] => {
          const known = comparable(value);
          return known === undefined ? [] : [[name, known]];
        })
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  const got = rows.map(plain);
  const wanted = expect.map(plain);
  if (!ordered) {
    got.sort();
    wanted.sort();
  }
  if (got.join('\n') === wanted.join('\n')) return undefined;
  return `got\n${got.join('\n')}\nexpected\n${wanted.join('\n')}`;
}

/** Null, no values and nothing are one; one value is that value. */
function comparable(value: CaseValue): string | readonly string[] | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  if (value.length === 0) return undefined;
  return value.length === 1 ? value[0] : value;
}
