import { sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { isoOrNull } from './reason-view.ts';

export interface HostSummaryView {
  readonly host: string;
  readonly events: number;
  readonly processStarts: number;
  readonly first: string | null;
  readonly last: string | null;
}

const columns: readonly Column[] = [
  { name: 'host', type: 'text' },
  { name: 'events', type: 'number' },
  { name: 'starts', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
];

/** All hosts of the store, those with process starts first. */
export async function readHostSummaries(store: Store): Promise<readonly HostSummaryView[]> {
  const query = sql`SELECT host, count(), countIf(_event_class = 'process-start') AS starts, minOrNull(_time), maxOrNull(_time)
FROM events GROUP BY host ORDER BY starts > 0 DESC, host`;
  const found: HostSummaryView[] = [];
  for await (const block of store.rows({ sql: query, parameters: {} }, columns))
    for (const [host, events, starts, first, last] of block)
      found.push({
        host: String(host),
        events: Number(events),
        processStarts: Number(starts),
        first: typeof first === 'bigint' ? isoOrNull(first) : null,
        last: typeof last === 'bigint' ? isoOrNull(last) : null,
      });
  return found;
}
