import { hotFields } from '../../events/fields.ts';
import { decodeJsonKey } from '../../store/json-key.ts';
import { sql } from '../../store/sql.ts';
import { asText } from '../coerce.ts';
import { Compilation } from '../generate/compilation.ts';
import { eventsRelation } from '../generate/events-source.ts';
import { need } from '../generate/field-need.ts';
import { columnOf, typedColumn } from '../generate/relation.ts';
import { matchesWildcard } from '../wildcard.ts';
import { type CountedScope, CountedTests } from './counted-tests.ts';
import type { SearchLeaf } from './search-parts.ts';

/** A field of another name that holds what was looked for. */
export interface Holder {
  readonly leaf: SearchLeaf;
  readonly field: string;
  readonly events: number;
  /** Counted among the first events only in whose record the text stands. */
  readonly sampled: boolean;
}

/** Words and values that other fields are looked through for. */
const mostHeld = 3;
const mostFields = 12;
const sample = 200;
/** Bytes of fields that are taken in for the sample. */
const sampleBytes = 32 << 20;

/**
 * Fields that hold what a leaf looks for, besides its own: those with a column of their own are counted over the whole scope,
 * in one scan; the others in a sample of the events whose record holds the text, since looking through all of their fields
 * would take a hundred times as long as looking through the records.
 */
export async function findHolders(
  scope: CountedScope,
  leaves: readonly SearchLeaf[],
): Promise<readonly Holder[]> {
  const looked = leaves
    .filter(({ pattern }) => pattern !== undefined && !/^\**$/.test(pattern))
    .slice(0, mostHeld);
  if (looked.length === 0) return [];
  const counted = await countHot(scope, looked);
  const found = await Promise.all(looked.map((leaf) => sampleOthers(scope, leaf)));
  const all = [...counted, ...found.flat()].sort((one, other) => other.events - one.events);
  return looked.flatMap((leaf) => all.filter((holder) => holder.leaf === leaf).slice(0, mostFields));
}

/** A word is looked for within values, a value as it is. */
function wanted({ field, pattern = '' }: SearchLeaf): string {
  return field === undefined ? `*${pattern}*` : pattern;
}

async function countHot(scope: CountedScope, leaves: readonly SearchLeaf[]): Promise<readonly Holder[]> {
  const { catalogue } = scope.environment;
  const names = [
    ...hotFields.map(({ name }) => name).filter((name) => catalogue.has(name)),
    'host',
    'source',
  ];
  const counted = new CountedTests(scope, names);
  const { parameters } = counted.compilation;
  const asked = leaves.flatMap((leaf) =>
    names.flatMap((field) => {
      const column = columnOf(counted.relation, field);
      if (column === undefined || column.type !== 'text' || field === leaf.field) return [];
      const options = { caseSensitive: false, lowercase: false };
      const holds = matchesWildcard(asText(typedColumn(column)), wanted(leaf), options, parameters);
      return [{ leaf, field, at: counted.count(sql`ifNull(${holds}, 0)`) }];
    }),
  );
  const row = await counted.run();
  return asked
    .map(({ leaf, field, at }) => ({ leaf, field, events: Number(row[at] ?? 0), sampled: false }))
    .filter(({ events }) => events > 0);
}

async function sampleOthers(scope: CountedScope, leaf: SearchLeaf): Promise<readonly Holder[]> {
  const compilation = new Compilation(scope.environment, new Map());
  const source = { ...scope.source, test: undefined };
  const relation = eventsRelation(source, { ...need(['_raw']), all: true }, compilation);
  const raw = columnOf(relation, '_raw');
  if (raw === undefined || relation.rest === undefined) return [];
  const options = { caseSensitive: false, lowercase: false };
  const holds = matchesWildcard(raw.ref, `*${leaf.pattern}*`, options, compilation.parameters);
  const some = compilation.take({ ...compilation.keep(relation, holds), order: [] }, sample);
  const statement = compilation.show({ from: some.from, order: [] }, [
    { ref: compilation.fresh('fields'), value: sql`toJSONString(${relation.rest.json})` },
  ]);
  const query = { sql: statement, parameters: compilation.parameters.values };
  const counts = new Map<string, number>();
  let bytes = 0;
  const matches = wildcardTest(wanted(leaf));
  for await (const block of scope.store.rows(query, [{ name: 'fields', type: 'text' }], scope.limits))
    for (const [text] of block) {
      bytes += String(text).length;
      if (bytes > sampleBytes) break;
      for (const [key, value] of Object.entries(JSON.parse(String(text)) as Record<string, unknown>))
        if ([value].flat().some((one) => typeof one === 'string' && matches(one)))
          counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return [...counts]
    .map(([key, events]) => ({ leaf, field: decodeJsonKey(key), events, sampled: true }))
    .filter(({ field }) => field !== leaf.field);
}

/** Whether a text matches a pattern with wildcards, letter case aside. In time that grows with the text alone. */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const pieces = pattern.toLowerCase().split('*');
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  return (given) => {
    const text = given.toLowerCase();
    if (last === undefined) return text === first;
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}
