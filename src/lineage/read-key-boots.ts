import type { Ticks } from '../core/ticks.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, QueryLimits, Store } from '../store/store.ts';
import { atMoments } from '../store/time-sql.ts';
import { areOfOneBoot, endsOfGuids, type KeyBoot, type StartSpan } from './key-boots.ts';
import { inScope, isStart, type ObservationScope } from './observation-scope.ts';
import { textOf } from './observed-cell.ts';
import { isUsableGuid, startKeyOf } from './start-key.ts';

const bootColumns: readonly Column[] = [
  { name: 'product', type: 'text' },
  { name: 'guid', type: 'text' },
  { name: 'first', type: 'time' },
  { name: 'last', type: 'time' },
];

/** The same as `keyBoots` of the whole host. The boot is the last two bytes of the form of GUID that has one. */
export async function readKeyBoots(
  store: Store,
  scope: ObservationScope,
  spans: ReadonlyMap<string, StartSpan>,
  limits: QueryLimits,
): Promise<readonly KeyBoot[]> {
  const ends = endsOfGuids(spans);
  if (ends === undefined) return [];
  const guids = await guidsOfStarts(store, scope, [ends.first, ends.last], limits);
  if (areOfOneBoot(guids.get(ends.first) ?? '', guids.get(ends.last) ?? '')) return [];
  const parameters = new Parameters();
  const query = sql`SELECT _product, any(process_guid), minOrNullIf(_time, ${isStart}), max(_time) FROM events
WHERE ${inScope(parameters, scope)} AND _event_class IN ('process-start', 'process-end') AND isNotNull(process_guid)
GROUP BY _product, substring(assumeNotNull(process_guid), 33)`;
  const boots: KeyBoot[] = [];
  const statement = { sql: query, parameters: parameters.values };
  for await (const block of store.rows(statement, bootColumns, limits))
    for (const [product, guid, first, last] of block) {
      const name = textOf(guid) ?? '';
      const boot = isUsableGuid(name) ? (startKeyOf(name)?.boot ?? 0) : 0;
      if (boot === 0 || typeof last !== 'bigint') continue;
      boots.push({
        product: textOf(product) ?? '',
        boot,
        firstStart: typeof first === 'bigint' ? first : undefined,
        last,
      });
    }
  return boots;
}

const guidColumns: readonly Column[] = [
  { name: 'time', type: 'time' },
  { name: 'guid', type: 'text' },
];

/** The first GUID in order of the starts at each of some moments. */
async function guidsOfStarts(
  store: Store,
  scope: ObservationScope,
  moments: readonly Ticks[],
  limits: QueryLimits,
): Promise<ReadonlyMap<Ticks, string>> {
  const parameters = new Parameters();
  const query = sql`SELECT _time, min(process_guid) FROM events
WHERE ${inScope(parameters, scope)} AND ${isStart} AND ${atMoments(parameters, moments)} AND isNotNull(process_guid) GROUP BY _time`;
  const statement = { sql: query, parameters: parameters.values };
  const found = new Map<Ticks, string>();
  for await (const block of store.rows(statement, guidColumns, limits))
    for (const [time, guid] of block)
      if (typeof time === 'bigint' && typeof guid === 'string') found.set(time as Ticks, guid);
  return found;
}
