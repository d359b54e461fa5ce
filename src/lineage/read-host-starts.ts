import { Parameters, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import type { StartCounts } from './host-figures.ts';
import type { StartSpan } from './key-boots.ts';
import { inScope, type ObservationScope } from './observation-scope.ts';
import { processIdOf, textOf } from './observed-cell.ts';

/** The start events of a host by themselves. */
export interface HostStarts extends StartCounts {
  readonly count: number;
  /** Those with a GUID of their own. */
  readonly withGuid: number;
  /** Whether some name themselves or their parent by a GUID alone, without the process id. */
  readonly withoutPid: boolean;
}

const startColumns: readonly Column[] = [
  { name: 'product', type: 'text' },
  { name: 'pid', type: 'number' },
  { name: 'count', type: 'number' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
  { name: 'withGuid', type: 'number' },
];

const isStart = sql`_event_class = 'process-start'`;

export async function readHostStarts(
  store: Store,
  scope: ObservationScope,
  limits: QueryLimits,
): Promise<HostStarts> {
  const parameters = new Parameters();
  const query = sql`SELECT _product, toInt64OrNull(process_id), events, earliest, latest, named FROM (
SELECT _product, process_id, count() AS events, min(_time) AS earliest, max(_time) AS latest, count(process_guid) AS named
FROM events WHERE ${inScope(parameters, scope)} AND ${isStart} GROUP BY _product, process_id)`;
  const byPid = new Map<number, number>();
  const spans = new Map<string, StartSpan>();
  let count = 0;
  let withGuid = 0;
  let withoutPid = false;
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, startColumns, limits))
    for (const [productCell, pidCell, events, first, last, named] of block) {
      if (typeof first !== 'bigint' || typeof last !== 'bigint') continue;
      const product = textOf(productCell) ?? '';
      const pid = processIdOf(pidCell);
      const guids = Number(named) > 0;
      count += Number(events);
      withGuid += Number(named);
      if (pid === undefined && guids) withoutPid = true;
      if (pid !== undefined) byPid.set(pid, (byPid.get(pid) ?? 0) + Number(events));
      const known = spans.get(product) ?? { first, last, guids };
      spans.set(product, {
        first: first < known.first ? first : known.first,
        last: last > known.last ? last : known.last,
        guids: guids || known.guids,
      });
    }
  if (withGuid > 0) withoutPid ||= await hasBareParents(store, scope, limits);
  return { byPid, spans, count, withGuid, withoutPid };
}

/** Whether a start names its parent by a GUID alone. */
async function hasBareParents(store: Store, scope: ObservationScope, limits: QueryLimits): Promise<boolean> {
  const parameters = new Parameters();
  const query = sql`SELECT 1 FROM events WHERE ${inScope(parameters, scope)} AND ${isStart}
AND (isNull(parent_process_id) OR parent_process_id = '0') AND isNotNull(parent_process_guid) LIMIT 1`;
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, [{ name: 'any', type: 'number' }], limits))
    if (block.length > 0) return true;
  return false;
}
