import { resolveEventField } from '../../spl/generate/events-source.ts';
import { integer, Parameters, sql } from '../../store/sql.ts';
import { type Column, type Store, StoreError } from '../../store/store.ts';

/** Somebody who types waits no longer. */
const seconds = 2;
const memoryBytes = 1 << 30;

const columns: readonly Column[] = [
  { name: 'value', type: 'text' },
  { name: 'events', type: 'number' },
];

/** Values of a field that contain a text, in any letter case: the most frequent first. None where it takes too long. */
export async function fieldValues(
  store: Store,
  field: string,
  text: string,
  limit: number,
): Promise<readonly { readonly value: string; readonly events: number }[]> {
  const place = resolveEventField(field, await store.catalogue());
  if (!place || place.type === 'time' || field === '_raw') return [];
  const value = place.type === 'multivalue' ? sql`arrayJoin(${place.sql})` : sql`toString(${place.sql})`;
  const parameters = new Parameters();
  const wanted = parameters.bind(text.toLowerCase(), 'String');
  const isMeant = text === '' ? sql`1` : sql`position(lowerUTF8(v), ${wanted}) > 0`;
  const query = sql`SELECT assumeNotNull(v), count() AS n FROM (SELECT ${value} AS v FROM events)
WHERE isNotNull(v) AND v != '' AND length(v) <= 2000 AND ${isMeant}
GROUP BY v ORDER BY startsWith(lowerUTF8(v), ${wanted}) DESC, n DESC, v LIMIT ${integer(limit)}`;
  const found: { value: string; events: number }[] = [];
  const limits = { seconds, memoryBytes };
  try {
    for await (const rows of store.rows({ sql: query, parameters: parameters.values }, columns, limits))
      for (const [each, events] of rows) found.push({ value: String(each), events: Number(events) });
  } catch (error) {
    const isLimit = error instanceof StoreError && /^query-(?:timeout|memory)$/.test(error.code);
    if (!isLimit) throw error;
  }
  return found;
}
