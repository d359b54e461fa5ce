import { parseIsoTicks, type Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { joinSql, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { hostAddress } from './address-sighting.ts';
import { factFields, factsOfRecord } from './facts-of-record.ts';
import { formsOf } from './ip-address.ts';
import type { Connection } from './join/join-input.ts';
import { judges } from './judge.ts';
import { millisecondsOf } from './milliseconds.ts';
import type { ProxyProduct } from './proxy-facts.ts';
import { plainHost } from './request-target.ts';
import { hasRunningTotals, lastOfSessions } from './running-totals.ts';
import { isSameVerdict, type Verdict } from './verdict.ts';

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
  /** The firewall's number of the session: its records of one session have running totals. */
  readonly session?: string | undefined;
  /** Media type of the answer. */
  readonly contentType: string | undefined;
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
  'http_content_type',
  'query',
  'ssl_server_name',
  'connection_id',
  ...factFields,
] as const;

type Field = (typeof fields)[number];

const ownColumns: readonly Column[] = [
  { name: 'id', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'product', type: 'text' },
  { name: 'host', type: 'text' },
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
    conditions.push(sql`src_ip IN ${parameters.bind(scope.clients.flatMap(formsOf), 'Array(String)')}`);
  if (scope.destination !== undefined) {
    const wanted = parameters.bind(scope.destination.toLowerCase(), 'String');
    conditions.push(
      sql`(position(lowerUTF8(ifNull(dest, '')), ${wanted}) > 0 OR position(lowerUTF8(ifNull(dest_ip, '')), ${wanted}) > 0 OR position(lowerUTF8(ifNull(${fieldText('url')}, '')), ${wanted}) > 0)`,
    );
  }
  // Of the many fields that proxies know, a store has those of its products: to look for one that no event has takes as long.
  const catalogue = await store.catalogue();
  const stored = fields.filter((name) => catalogue.has(name));
  const query = sql`SELECT ${joinSql(
    [
      sql`lower(hex(_id))`,
      sql`_time`,
      sql`toString(_product)`,
      sql`toString(host)`,
      ...stored.map((name) => fieldText(name)),
    ],
    sql`, `,
  )} FROM events WHERE ${joinSql(conditions, sql` AND `)}`;
  const columns = [...ownColumns, ...stored.map((name): Column => ({ name, type: 'text' }))];
  const reader = new RecordReader(stored);
  const found: EgressConnection[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns))
    for (const row of block) {
      const connection = reader.connectionOf(row);
      if (connection !== undefined) found.push(connection);
    }
  // Sorted here: the engine would hold all columns of all rows to sort them.
  return lastOfSessions(found).sort(
    (one, other) => compare(one.time, other.time) || compare(one.id, other.id),
  );
}

function compare<Value extends bigint | string>(one: Value, other: Value): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The condition that an event had arrived by a moment; undefined: whenever it came. */
export function arrivedBy(parameters: Parameters, asOf: Ticks | undefined): Sql {
  return asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
}

/** Clients and the logs that have records of them at any time, by client. */
export async function readLogsOfClients(
  store: Store,
  clients: readonly string[] | undefined,
  asOf?: Ticks | undefined,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const parameters = new Parameters();
  const conditions = [
    sql`_product IN ${parameters.bind(proxyProducts, 'Array(String)')}`,
    arrivedBy(parameters, asOf),
    clients === undefined
      ? sql`isNotNull(src_ip)`
      : sql`src_ip IN ${parameters.bind(clients.flatMap(formsOf), 'Array(String)')}`,
  ];
  const query = sql`SELECT DISTINCT toString(src_ip), toString(host) FROM events WHERE ${joinSql(conditions, sql` AND `)}`;
  const found = new Map<string, Set<string>>();
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'client', type: 'text' },
    { name: 'log', type: 'text' },
  ]))
    for (const [client, log] of block) {
      const address = hostAddress(String(client)) ?? String(client);
      const logs = found.get(address) ?? new Set();
      found.set(address, logs.add(String(log)));
    }
  return found;
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
AND ifNull(src_ip, '') NOT IN ${parameters.bind(clients.flatMap(formsOf), 'Array(String)')} GROUP BY destination`;
  const found = new Set<string>();
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'destination', type: 'text' },
  ]))
    for (const [destination] of block) found.add(plainHost(String(destination)));
  return found;
}

/** Reads rows whose columns behind the own ones are the given fields. */
class RecordReader {
  readonly #places: Readonly<Partial<Record<Field, number>>>;
  /** A million records have a few verdicts, logs and users: each is kept once. */
  readonly #verdicts = new Map<string, Verdict[]>();
  readonly #proxies = new Map<string, string>();

  constructor(stored: readonly Field[]) {
    this.#places = Object.fromEntries(stored.map((name, at) => [name, ownColumns.length + at]));
  }

  connectionOf(row: readonly Cell[]): EgressConnection | undefined {
    const said = (name: Field): string | undefined => {
      const place = this.#places[name];
      const cell = place === undefined ? undefined : row[place];
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
      proxy: once(this.#proxies, `${product} ${String(row[3])}`),
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
      session: hasRunningTotals(product) ? said('connection_id') : undefined,
      contentType: said('http_content_type'),
      verdict: this.#shared(judges[product](factsOfRecord(product, { text: said, count }))),
    };
  }

  /** The same object for the same verdict. */
  #shared(verdict: Verdict): Verdict {
    const alike = this.#verdicts.get(verdict.reason);
    const known = alike?.find((each) => isSameVerdict(each, verdict));
    if (known !== undefined) return known;
    if (alike !== undefined) alike.push(verdict);
    else if (this.#verdicts.size < mostReasons) this.#verdicts.set(verdict.reason, [verdict]);
    return verdict;
  }
}

/** Reasons may have words of the log in them. */
const mostReasons = 10_000;

function once(known: Map<string, string>, text: string): string {
  const same = known.get(text);
  if (same !== undefined) return same;
  known.set(text, text);
  return text;
}
