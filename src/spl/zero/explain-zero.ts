import type { Diagnostic } from '../../core/diagnostic.ts';
import { fieldAliases } from '../../events/fields.ts';
import { memberColumns } from '../../store/event-columns.ts';
import { type QueryLimits, type ScopeSummary, type Store, StoreError } from '../../store/store.ts';
import { nearestName } from '../nearest-name.ts';
import type { EventsSource } from '../plan.ts';
import { planSearch, type SearchOptions, scopeOf } from '../run.ts';
import type { CountedScope } from './counted-tests.ts';
import { countElsewhere, type Elsewhere } from './elsewhere.ts';
import { findHolders, type Holder } from './holders.ts';
import { countParts, likeNames, type PartCounts } from './part-counts.ts';
import { mostLeaves, mostParts, type SearchLeaf, searchParts } from './search-parts.ts';
import { countSpellings, mostSpelled, type SpellingCounts } from './spelling-counts.ts';
import { countSteps, type StepCount } from './step-counts.ts';

/** What a search looked for, and what there is instead. Counts are of events in its scope. */
export interface ZeroFacts {
  readonly text: string;
  readonly source: EventsSource;
  readonly scope: ScopeSummary;
  readonly counts: PartCounts;
  readonly spellings: SpellingCounts;
  readonly holders: readonly Holder[];
  readonly names: readonly NameFact[];
  readonly elsewhere: Elsewhere | undefined;
  readonly steps: readonly StepCount[];
  readonly diagnostics: readonly Diagnostic[];
  /** What could not be looked at, and why: time ran out, or there was too much of it. */
  readonly open: readonly string[];
}

/** A field that the search names and that no event of the store has, with names that are like it. */
export interface NameFact {
  readonly field: string;
  readonly like: readonly string[];
}

export interface ExplainZeroOptions extends SearchOptions {
  /** Seconds that each of the statements may take. */
  readonly seconds: number;
}

/**
 * Explains an answer that has no rows, or few. At most six statements over the search's events, and one more for each stage
 * behind the first pipe that drops rows. Undefined where the search reads no events. Throws a SearchError where it is faulty.
 */
export async function explainZero(
  store: Store,
  text: string,
  { seconds, ...options }: ExplainZeroOptions,
): Promise<ZeroFacts | undefined> {
  const { plan, environment, diagnostics } = await planSearch(store, text, options);
  const { source } = plan;
  const scope = await scopeOf(plan, store);
  if (source.kind !== 'events' || scope === null) return undefined;
  const limits: QueryLimits = {
    seconds,
    ...(options.limits?.memoryBytes !== undefined && { memoryBytes: options.limits.memoryBytes }),
    ...(options.signal && { signal: options.signal }),
  };
  const open: string[] = [];
  const attempt = async <T>(what: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError) || (error.code !== 'query-timeout' && error.code !== 'query-memory'))
        throw error;
      open.push(
        `${what}: ${error.code === 'query-timeout' ? `not done within ${seconds} s` : 'needs more memory than it may take'}`,
      );
      return otherwise;
    }
  };
  const counting: CountedScope = { store, environment, source, limits };
  const parts = searchParts(source.test);
  if (parts.length > mostParts)
    open.push(`only the first ${mostParts} of ${parts.length} conditions were looked at`);
  const none: PartCounts = { events: scope.events, matching: 0, parts: [], hosts: [] };
  const counts = await attempt('the conditions one by one', () => countParts(counting, parts), none);
  const suspects = suspectsOf(counts);
  const spelled = suspects.filter(({ pattern }) => pattern !== undefined);
  if (spelled.length > mostSpelled)
    open.push(`other spellings: only of the first ${mostSpelled} of ${spelled.length} words and values`);
  const without = counts.parts.filter(({ alone }) => alone === 0).map(({ part }) => part);
  const spellings = await attempt('other spellings', () => countSpellings(counting, spelled, without), {
    spellings: [],
    together: counts.matching,
    withoutUnmatched: counts.matching,
  });
  const unmatched = counts.parts.flatMap(({ leaves }) =>
    leaves.filter(({ alone }) => alone === 0).map(({ leaf }) => leaf),
  );
  const holders = await attempt('other fields', () => findHolders(counting, unmatched), []);
  const elsewhere = await attempt('the store outside the scope', () => countElsewhere(counting), undefined);
  const steps =
    counts.matching === 0
      ? []
      : await attempt(
          'the stages behind the first pipe',
          () => countSteps(plan, { ...counting, connectionReader: options.connectionReader }),
          [],
        );
  return {
    text,
    source,
    scope,
    counts,
    spellings,
    holders,
    names: namesOf(parts.flatMap(({ leaves }) => leaves).slice(0, mostLeaves), counting),
    elsewhere,
    steps,
    diagnostics,
    open,
  };
}

/** What may be spelled otherwise: what matched nothing; where all matched something, everything. */
function suspectsOf({ parts }: PartCounts): readonly SearchLeaf[] {
  const leaves = parts.flatMap((part) => part.leaves);
  const unmatched = leaves.filter(({ alone }) => alone === 0);
  return (unmatched.length > 0 ? unmatched : leaves).map(({ leaf }) => leaf);
}

const members: ReadonlySet<string> = new Set(memberColumns.map(({ name }) => name));

function namesOf(leaves: readonly SearchLeaf[], { environment }: CountedScope): readonly NameFact[] {
  const { catalogue } = environment;
  const named = new Set(leaves.flatMap(({ field }) => field ?? []));
  const all = [...catalogue.keys(), ...fieldAliases.keys(), ...members];
  return [...named]
    .filter(
      (field) =>
        !members.has(field) && !catalogue.has(field) && !catalogue.has(fieldAliases.get(field) ?? ''),
    )
    .map((field) => {
      const like = likeNames(field, all);
      const nearest = nearestName(field, all);
      return { field, like: [...new Set(like.length > 0 || nearest === undefined ? like : [nearest])] };
    });
}
