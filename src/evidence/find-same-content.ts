import type { Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { integer, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { type ComparablePath, isPath } from './file-path.ts';
import type { StoredFields } from './summarise-event.ts';

/** Another file of the host with the same content: a copy, or the file before or after it was renamed. */
export interface SameContent {
  readonly host: string;
  readonly path: string;
  /** `SHA256`, `SHA1`, `MD5`: the hash that both have. */
  readonly hash: string;
  readonly first: Ticks;
  readonly events: number;
}

/** Hashes that name content; those of an empty file name nothing. */
const hashNames = ['SHA256', 'SHA1', 'MD5'] as const;

const ofNothing: ReadonlySet<string> = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'd41d8cd98f00b204e9800998ecf8427e',
]);

const mostHashes = 50;
const mostPaths = 20;

/** The path that the hashes of an event are of. */
const hashedPath = sql`multiIf(_event_class IN ('module-load', 'driver-load'), ifNull(ImageLoaded, ''), _event_class = 'process-start', ifNull(process_path, ''),
  _event_class IN ('file-create', 'file-delete'), ifNull(file_path, ''), '')`;

/**
 * Finds files on the same hosts whose content is that of the file that is looked for, by the strongest hash that its events
 * have. `events` are events whose hashes are the file's own.
 */
export async function findSameContent(
  store: Store,
  wanted: ComparablePath,
  events: readonly { readonly host: string; readonly fields: StoredFields }[],
  asOf: Ticks | undefined,
): Promise<readonly SameContent[]> {
  for (const name of hashNames) {
    const hashes = new Set<string>();
    const hosts = new Set<string>();
    for (const { host, fields } of events) {
      const value = fields[name];
      if (typeof value !== 'string' || ofNothing.has(value.toLowerCase())) continue;
      hashes.add(value);
      hosts.add(host);
    }
    if (hashes.size > 0)
      return withHash(store, wanted, name, [...hashes].slice(0, mostHashes), [...hosts], asOf);
  }
  return [];
}

async function withHash(
  store: Store,
  wanted: ComparablePath,
  name: (typeof hashNames)[number],
  hashes: readonly string[],
  hosts: readonly string[],
  asOf: Ticks | undefined,
): Promise<readonly SameContent[]> {
  const parameters = new Parameters();
  const arrived: Sql = asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
  const query = sql`SELECT host, min(path) AS spelling, min(_time) AS first, count() AS events
FROM (SELECT toString(host) AS host, _time, ${hashedPath} AS path FROM events
  WHERE host IN ${parameters.bind(hosts, 'Array(String)')} AND ${fieldText(name)} IN ${parameters.bind(hashes, 'Array(String)')} AND ${arrived})
WHERE path != '' AND NOT endsWith(lowerUTF8(path), ${parameters.bind(wanted.rest, 'String')})
GROUP BY host, lowerUTF8(path) ORDER BY first, spelling LIMIT ${integer(mostPaths)}`;
  const found: SameContent[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'host', type: 'text' },
    { name: 'path', type: 'text' },
    { name: 'first', type: 'time' },
    { name: 'events', type: 'number' },
  ]))
    for (const [host, path, first, events] of block)
      if (typeof first === 'bigint' && !isPath(wanted, String(path)))
        found.push({ host: String(host), path: String(path), hash: name, first, events: Number(events) });
  return found;
}
