import type { Span } from '../../core/diagnostic.ts';
import { integer, joinSql, type Sql, sql } from '../../store/sql.ts';
import type { Cell } from '../../store/store.ts';
import { isPresent } from '../coerce.ts';
import { columnOf, typedColumn } from '../generate/relation.ts';
import { searchedFields } from '../referenced-fields.ts';
import type { SearchExpression } from '../search-expression.ts';
import { type CountedScope, CountedTests } from './counted-tests.ts';
import { mostLeaves, mostParts, type SearchLeaf, type SearchPart } from './search-parts.ts';

/** How many events of the scope each part of a search lets through. */
export interface PartCounts {
  /** Events in the scope, and those that meet the whole search. */
  readonly events: number;
  readonly matching: number;
  readonly parts: readonly PartCount[];
  /** Hosts of the scope that meet what the search asks of `host`, no more than `mostHosts`. */
  readonly hosts: readonly string[];
}

/** Hosts that are named. */
export const mostHosts = 50;

export interface PartCount {
  readonly part: SearchPart;
  /** Events that meet this part alone. */
  readonly alone: number;
  /** Events that meet this part and all in front of it. */
  readonly upTo: number;
  /** Events that meet all the others: what the search would give without it. */
  readonly without: number;
  readonly leaves: readonly LeafCount[];
}

export interface LeafCount {
  readonly leaf: SearchLeaf;
  readonly alone: number;
  /** Events of the scope that have its field; undefined for a word. */
  readonly withField: number | undefined;
  /** Frequent values of its field in the scope, where it matched none. */
  readonly values: readonly string[];
}

/** Characters of a value that are shown. */
const longestValue = 200;

/** Counts every part alone, and the search without it, in one scan. */
export async function countParts(scope: CountedScope, parts: readonly SearchPart[]): Promise<PartCounts> {
  const { test } = scope.source;
  const looked = parts.slice(0, mostParts);
  const fields = test === undefined ? new Set<string>() : searchedFields(test);
  const counted = new CountedTests(scope, [...fields, 'host']);
  const known = new Map<SearchExpression, Sql>();
  const learn = (expression: SearchExpression, span: Span): Sql => {
    const found = known.get(expression);
    if (found !== undefined) return found;
    const ref = counted.value(`t${span.start}`, counted.test(expression, known));
    known.set(expression, ref);
    return ref;
  };
  const leaves = looked.flatMap((part) => part.leaves).slice(0, mostLeaves);
  for (const { alone, span } of leaves) learn(alone, span);
  for (const { expression, span } of looked) learn(expression, span);
  const all = counted.value('all', counted.test(test, known));
  const events = counted.ask(sql`count()`);
  const matching = counted.count(all);
  const without = (part: SearchPart): Sql =>
    counted.test(test, new Map([...known, [part.expression, sql`1`]]));
  const each = (part: SearchPart): Sql => known.get(part.expression) ?? sql`1`;
  const allOf = (some: readonly SearchPart[]): Sql =>
    some.length === 0 ? sql`1` : joinSql(some.map(each), sql` AND `);
  const ofHost = looked.filter(
    ({ leaves: own }) => own.length > 0 && own.every(({ field }) => field === 'host'),
  );
  const host = columnOf(counted.relation, 'host')?.ref ?? sql`''`;
  const hosts = counted.ask(
    sql`arraySort(groupUniqArrayIf(${integer(mostHosts + 1)})(toString(${host}), ${allOf(ofHost)}))`,
    'multivalue',
  );
  const asked = looked.map((part, at) => ({
    part,
    alone: counted.count(each(part)),
    upTo: counted.count(allOf(looked.slice(0, at + 1))),
    without: counted.count(without(part)),
    leaves: part.leaves
      .filter((leaf) => leaves.includes(leaf))
      .map((leaf) => ({
        leaf,
        alone: counted.count(known.get(leaf.alone) ?? sql`0`),
        ...askField(counted, leaf),
      })),
  }));
  const row = await counted.run();
  const number = (at: number): number => Number(row[at] ?? 0);
  return {
    events: number(events),
    matching: number(matching),
    hosts: texts(row[hosts]),
    parts: asked.map((each) => ({
      part: each.part,
      alone: number(each.alone),
      upTo: number(each.upTo),
      without: number(each.without),
      leaves: each.leaves.map(({ leaf, alone, present, values }) => ({
        leaf,
        alone: number(alone),
        withField: leaf.field === undefined ? undefined : present === undefined ? 0 : number(present),
        values: values === undefined || number(alone) > 0 ? [] : texts(row[values]),
      })),
    })),
  };
}

function askField(
  counted: CountedTests,
  { field }: SearchLeaf,
): { readonly present?: number; readonly values?: number } {
  const column = field === undefined ? undefined : columnOf(counted.relation, field);
  if (column === undefined) return {};
  const typed = typedColumn(column);
  const present = isPresent(typed);
  const asked = { present: counted.count(present) };
  // A whole record is no value to choose from.
  if (typed.type !== 'text' || field === '_raw' || field === '_id') return asked;
  const value = sql`ifNull(${typed.sql}, '')`;
  return { ...asked, values: counted.ask(sql`topKIf(6)(${value}, ${present})`, 'multivalue') };
}

function texts(cell: Cell | undefined): readonly string[] {
  return Array.isArray(cell) ? cell.map((value: string) => value.slice(0, longestValue)) : [];
}

/** Names of fields that differ from one only in letter case or in what divides their words. */
export function likeNames(field: string, names: Iterable<string>): readonly string[] {
  const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const wanted = plain(field);
  return [...names].filter((name) => name !== field && plain(name) === wanted);
}
