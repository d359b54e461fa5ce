import { parseIsoTicks, TICKS_PER_MILLISECOND, type Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { joinSql, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { hostAddress } from './address-sighting.ts';
import { factFields, factsOfRecord } from './facts-of-record.ts';
import type { Connection, Milliseconds } from './join/join-input.ts';
import { judges } from './judge.ts';
import type { ProxyProduct } from './proxy-facts.ts';
import { plainHost } from './request-target.ts';
import type { Verdict } from './verdict.ts';

/** Which records are read. Times are of the event, half open. */
export interface EgressScope {
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  /** Only what had arrived by then. */
  readonly asOf?: Ticks | undefined;
  /** Only of these client addresses. */
  readonly clients?: readonly string[] | undefined;
  /** Only of destinations that have this text in their name or address. */
  readonly destination?: string | undefined;
}

/** A record of a proxy, a firewall or a watcher of the network, with what it proves. */
export interface EgressConnection extends Connection {
  /** The event's `_id` in hexadecimal. */
  readonly id: string;
  readonly time: Ticks;
  readonly product: ProxyProduct;
  /** The host whose log it is. */
  readonly logHost: string;
  readonly method: string | undefined;
  readonly status: number | undefined;
  readonly bytesOut: number | undefined;
  readonly bytesIn: number | undefined;
  readonly category: string | undefined;
  readonly verdict: Verdict;
}

const fields = [
  'src_ip',
  'src_port',
  'src',
  'dest_host',
  'dest',
  'dest_ip',
  'url',
  'user',
  'http_user_agent',
  'end_time',
  'category',
  'query',
  'ssl_server_name',
  ...factFields,
] as const;

type Field = (typeof fields)[number];

const columns: readonly Column[] = [
  { name: 'id', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'product', type: 'text' },
  { name: 'host', type: 'text' },
  ...fields.map((name): Column => ({ name, type: 'text' })),
];

export function isProxyProduct(product: string): product is ProxyProduct {
  return Object.hasOwn(judges, product);
}

/** The names of all products whose records are judged. */
export const proxyProducts: readonly string[] = Object.keys(judges);

/** Reads the records in scope in order of time, each with its verdict. */
export async function readConnections(store: Store, scope: EgressScope): Promise<EgressConnection[]> {
  const parameters = new Parameters();
  const conditions = [
    sql`_product IN ${parameters.bind(proxyProducts, 'Array(String)')}`,
    arrivedBy(parameters, scope.asOf),
  ];
  if (scope.earliest !== null) conditions.push(sql`_time >= ${bindTime(parameters, scope.earliest)}`);
  if (scope.latest !== null) conditions.push(sql`_time < ${bindTime(parameters, scope.latest)}`);
  if (scope.clients !== undefined)
    conditions.push(sql`src_ip IN ${parameters.bind(scope.clients, 'Array(String)')}`);
  if (scope.destination !== undefined) {
    const wanted = parameters.bind(scope.destination.toLowerCase(), 'String');
    conditions.push(
      sql`(position(lowerUTF8(ifNull(dest, '')), ${wanted}) > 0 OR position(lowerUTF8(ifNull(dest_ip, '')), ${wanted}) > 0 OR position(lowerUTF8(ifNull(${fieldText('url')}, '')), ${wanted}) > 0)`,
    );
  }
  const query = sql`SELECT lower(hex(_id)), _time, _product, host, ${joinSql(
    fields.map((name) => fieldText(name)),
    sql`, `,
  )} FROM events WHERE ${joinSql(conditions, sql` AND `)} ORDER BY _time, _id`;
  const found: EgressConnection[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns))
    for (const row of block) {
      const connection = connectionOf(row);
      if (connection !== undefined) found.push(connection);
    }
  return found;
}

/** The condition that an event had arrived by a moment; undefined: whenever it came. */
export function arrivedBy(parameters: Parameters, asOf: Ticks | undefined): Sql {
  return asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
}

/** Destinations that other clients than these ask for, at any time. */
export async function readSharedDestinations(
  store: Store,
  clients: readonly string[],
  asOf?: Ticks | undefined,
): Promise<ReadonlySet<string>> {
  const parameters = new Parameters();
  const query = sql`SELECT if(_product IN ('zeek-dns', 'windows-dns'), query, coalesce(${fieldText('dest_host')}, ${fieldText('ssl_server_name')}, dest)) AS destination FROM events
WHERE _product IN ${parameters.bind(proxyProducts, 'Array(String)')} AND isNotNull(destination)
AND ${arrivedBy(parameters, asOf)}
AND ifNull(src_ip, '') NOT IN ${parameters.bind(clients, 'Array(String)')} GROUP BY destination`;
  const found = new Set<string>();
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'destination', type: 'text' },
  ]))
    for (const [destination] of block) found.add(plainHost(String(destination)));
  return found;
}

const placeOf = new Map(fields.map((name, at) => [name, at + 4]));

function connectionOf(row: readonly Cell[]): EgressConnection | undefined {
  const said = (name: Field): string | undefined => {
    const cell = row[placeOf.get(name) ?? -1];
    return typeof cell === 'string' && cell !== '' ? cell : undefined;
  };
  const count = (name: Field): number | undefined => {
    const text = said(name);
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  };
  const product = String(row[2]);
  const time = row[1];
  if (!isProxyProduct(product) || typeof time !== 'bigint') return undefined;
  const client = hostAddress(said('src_ip') ?? '') ?? said('src') ?? '';
  const end = parseIsoTicks(said('end_time') ?? '');
  // A question for a name goes to a resolver; what was asked for is the name.
  const isQuestion = product === 'zeek-dns' || product === 'windows-dns';
  const destination = isQuestion
    ? said('query')
    : (said('dest_host') ?? said('ssl_server_name') ?? said('dest'));
  const serverAddress = hostAddress(said('dest_ip') ?? '');
  // A server's log has requests for itself, too: they go nowhere.
  if (product === 'access-log' && destination === undefined) return undefined;
  return {
    id: String(row[0]),
    time,
    product,
    logHost: String(row[3]),
    proxy: `${product} ${String(row[3])}`,
    start: millisecondsOf(time),
    end: millisecondsOf(end === undefined || end < time ? time : end),
    client,
    clientPort: count('src_port'),
    destination: destination === undefined ? undefined : plainHost(destination),
    destinationPort: isQuestion ? undefined : count('dest_port'),
    serverAddress: isQuestion ? undefined : serverAddress,
    url: said('url'),
    user: said('user'),
    userAgent: said('http_user_agent'),
    method: said('http_method'),
    status: count('status'),
    bytesOut: count('bytes_out'),
    bytesIn: count('bytes_in'),
    category: said('category'),
    verdict: judges[product](factsOfRecord(product, { text: said, count })),
  };
}

/** Ticks as milliseconds, exact to a microsecond. */
export function millisecondsOf(time: Ticks): Milliseconds {
  const whole = time / TICKS_PER_MILLISECOND;
  return Number(whole) + Number(time - whole * TICKS_PER_MILLISECOND) / Number(TICKS_PER_MILLISECOND);
}
