import { type Ticks, ticksOfMilliseconds } from '../../core/ticks.ts';
import { lossReader } from '../../coverage/host-loss.ts';
import { connectionReader } from '../../egress/connection-reader.ts';
import { isError } from '../../spl/diagnostics.ts';
import { explainPlan } from '../../spl/explain.ts';
import { type PlannedSearch, planSearch, type SearchOptions } from '../../spl/run.ts';
import { SearchError } from '../../spl/search-error.ts';
import { resolveTimeModifier } from '../../spl/time-modifier.ts';
import type { Store } from '../../store/store.ts';
import { ApiFailure } from '../api-failure.ts';

/** What the page asks a search with. */
export interface AskedRange {
  readonly earliest?: string | undefined;
  readonly latest?: string | undefined;
  readonly timezone?: string | undefined;
}

/** The range of a search, as it was asked for. Bounds in the text override it. */
export interface SearchRange {
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  readonly timezone: string;
  readonly now: Ticks;
}

/** Reads the range; a text that is no time or no zone is a bad request. */
export function readRange({ earliest, latest, timezone = 'UTC' }: AskedRange): SearchRange {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw new ApiFailure(400, 'bad-timezone', 'No time zone has this name.', {
      hint: 'Give an IANA name, such as Asia/Tokyo or UTC.',
    });
  }
  const now = ticksOfMilliseconds(Date.now());
  const bound = (name: string, text: string | undefined): Ticks | null => {
    if (text === undefined || text.trim() === '') return null;
    const ticks = resolveTimeModifier(text, now, timezone);
    if (ticks !== undefined) return ticks;
    throw new ApiFailure(400, 'bad-time', `${name}: "${text}" is no time.`, {
      values: { name, text },
      hint: 'Give -24h, -7d@d, now, 2023-08-16T04:54:30Z, or epoch seconds.',
    });
  };
  return { earliest: bound('earliest', earliest), latest: bound('latest', latest), timezone, now };
}

/** Options of the language for a search of the page. */
export function searchOptions(store: Store, range: SearchRange): SearchOptions {
  return { ...range, lossOf: lossReader(store), connectionReader: connectionReader(store), eventIds: true };
}

/** Plans a search and compiles what can be compiled before it runs; a SearchError tells all faults. */
export async function prepareSearch(store: Store, text: string, range: SearchRange): Promise<PlannedSearch> {
  const planned = await planSearch(store, text, searchOptions(store, range));
  const { diagnostics } = explainPlan(planned.plan, planned.environment);
  if (diagnostics.some(isError)) throw new SearchError([...planned.diagnostics, ...diagnostics]);
  return planned;
}
