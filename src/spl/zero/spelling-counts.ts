import { type Sql, sql } from '../../store/sql.ts';
import { asText } from '../coerce.ts';
import { columnOf, typedColumn } from '../generate/relation.ts';
import { searchedFields } from '../referenced-fields.ts';
import type { SearchExpression } from '../search-expression.ts';
import { type CountedScope, CountedTests } from './counted-tests.ts';
import type { SearchLeaf, SearchPart } from './search-parts.ts';
import { type LookedIn, type SpellingKind, spellingsOf } from './spellings.ts';

/** Events in which a text stands in another spelling. */
export interface SpellingCount {
  readonly leaf: SearchLeaf;
  readonly kind: SpellingKind;
  /** Events of the scope that have it so, and neither as it was written nor, but for `inside`, within longer words. */
  readonly alone: number;
  /** Of these, events that meet all else that the search asks: so many it would find more. */
  readonly more: number;
  /** One of them, of `more` where there is any: its identity in the store. */
  readonly example: string;
}

/** Events in other spellings, and what the search would find with all of them, or without what matched nothing. */
export interface SpellingCounts {
  readonly spellings: readonly SpellingCount[];
  readonly together: number;
  readonly withoutUnmatched: number;
}

/** Words and values whose other spellings are looked for in one statement. */
export const mostSpelled = 6;

/** Looks for other spellings of words and values: one scan for all of them. `unmatched` are conditions that match nothing. */
export async function countSpellings(
  scope: CountedScope,
  leaves: readonly SearchLeaf[],
  unmatched: readonly SearchPart[],
): Promise<SpellingCounts> {
  const { test } = scope.source;
  const own = test === undefined ? [] : [...searchedFields(test)];
  const counted = new CountedTests(scope, [...own, '_raw']);
  const matching = counted.value('all', counted.test(test));
  const places = new Map<string, LookedIn>();
  const spelled = new Map<SearchExpression, Sql>();
  const asked = leaves.slice(0, mostSpelled).flatMap((leaf) => {
    const place = placeOf(counted, leaf, places);
    if (place === undefined || leaf.pattern === undefined) return [];
    const asWritten = counted.value('leaf', counted.test(leaf.alone));
    let before = asWritten;
    let anyhow = spelled.get(leaf.expression) ?? counted.test(leaf.expression);
    const kinds = new Map<SpellingKind, Sql[]>();
    for (const { kind, test: found } of spellingsOf(leaf.pattern, place, counted.compilation.parameters))
      kinds.set(kind, [...(kinds.get(kind) ?? []), found]);
    const found = [...kinds].map(([kind, tests]) => {
      const any = tests.reduce((one, other) => sql`(${one} OR ${other})`);
      const holds = counted.value(kind, sql`(${any} AND NOT ${before})`);
      if (kind === 'inside') before = counted.value('found', sql`(${asWritten} OR ${holds})`);
      anyhow = sql`(${anyhow} OR ${holds})`;
      const instead = new Map([[leaf.expression, sql`(${counted.test(leaf.expression)} OR ${holds})`]]);
      const more = counted.value('more', sql`(${counted.test(test, instead)} AND NOT ${matching})`);
      const id = columnOf(counted.relation, '_id')?.ref ?? sql`''`;
      return {
        leaf,
        kind,
        alone: counted.count(holds),
        more: counted.count(more),
        example: counted.ask(sql`anyIf(${id}, ${holds})`, 'text'),
        moreExample: counted.ask(sql`anyIf(${id}, ${more})`, 'text'),
      };
    });
    spelled.set(leaf.expression, anyhow);
    return found;
  });
  const together = counted.count(counted.test(test, spelled));
  const dropped = new Map(unmatched.map(({ expression }) => [expression, sql`1`]));
  const withoutUnmatched = counted.count(counted.test(test, dropped));
  const row = await counted.run();
  const spellings = asked
    .map(({ leaf, kind, alone, more, example, moreExample }) => ({
      leaf,
      kind,
      alone: Number(row[alone] ?? 0),
      more: Number(row[more] ?? 0),
      example: String(row[moreExample] || row[example] || ''),
    }))
    .filter(({ alone }) => alone > 0);
  return {
    spellings,
    together: Number(row[together] ?? 0),
    withoutUnmatched: Number(row[withoutUnmatched] ?? 0),
  };
}

/** What a leaf is looked for in: the record, or the values of its field, a line each. */
function placeOf(
  counted: CountedTests,
  { field = '_raw' }: SearchLeaf,
  places: Map<string, LookedIn>,
): LookedIn | undefined {
  const known = places.get(field);
  if (known !== undefined) return known;
  const column = columnOf(counted.relation, field);
  if (column === undefined) return undefined;
  const typed = typedColumn(column);
  if (typed.nothing || typed.type === 'time') return undefined;
  const text =
    typed.type === 'multivalue'
      ? sql`arrayStringConcat(${typed.sql}, '\\n')`
      : sql`ifNull(${asText(typed)}, '')`;
  const shared = new Map<string, Sql>();
  const place: LookedIn = {
    text: counted.value('text', text),
    isRaw: field === '_raw',
    shared: (hint, value) => {
      const made = shared.get(hint) ?? counted.value(hint, value);
      shared.set(hint, made);
      return made;
    },
  };
  places.set(field, place);
  return place;
}
