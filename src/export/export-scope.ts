import { formatTicks, type Ticks } from '../core/ticks.ts';
import { formsOf } from '../egress/ip-address.ts';
import { readAddressBook } from '../egress/read-address-book.ts';
import { dhcpProducts } from '../egress/read-addresses.ts';
import { assetProduct } from '../egress/read-assets.ts';
import { proxyProducts } from '../egress/read-connections.ts';
import { leaseProducts } from '../egress/read-leases.ts';
import { identifier, Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { type EventKey, isBehind } from './event-key.ts';

/** Which events are exported: see `inExport`. */
export interface ExportScope {
  /** As the store names them, in order. */
  readonly hosts: readonly string[];
  /** Half open, of the event's time. */
  readonly earliest: Ticks;
  readonly latest: Ticks;
  /** Only what had arrived by then, so that every file has the same events. */
  readonly asOf: Ticks;
  /** Addresses that the hosts had at some time. */
  readonly addresses: readonly string[];
}

/** The addresses that any of the hosts had, as far as the store knows, in order. */
export async function addressesOf(store: Store, hosts: readonly string[]): Promise<readonly string[]> {
  const { book } = await readAddressBook(store);
  const wanted = new Set(hosts);
  return [...book.addresses].filter((each) => book.hostsEver(each).some((host) => wanted.has(host))).sort();
}

/**
 * The scope as a condition over the table of events: what the hosts recorded in the window, what proxies and networks recorded of their
 * addresses then, and what says whose these are. A list of assets is of no time.
 */
export function inExport(scope: ExportScope, parameters: Parameters): Sql {
  const { hosts, addresses, earliest, latest, asOf } = scope;
  const inWindow = sql`_time >= ${bindTime(parameters, earliest)} AND _time < ${bindTime(parameters, latest)}`;
  const hasArrived = sql`_indextime <= ${bindTime(parameters, asOf)}`;
  const ofHosts = sql`host IN ${parameters.bind(hosts, 'Array(String)')}`;
  if (addresses.length === 0) return sql`${ofHosts} AND ${inWindow} AND ${hasArrived}`;
  const listed = parameters.bind(addresses.flatMap(formsOf), 'Array(String)');
  const ofNetwork = sql`_product IN ${parameters.bind(proxyProducts, 'Array(String)')} AND src_ip IN ${listed}`;
  const ofLeases = sql`_product IN ${parameters.bind([...dhcpProducts, ...leaseProducts], 'Array(String)')} AND dest_ip IN ${listed}`;
  const ofAssets = sql`_product = ${parameters.bind(assetProduct, 'String')} AND dest_ip IN ${listed}`;
  return sql`(((${ofHosts} OR (${ofNetwork}) OR (${ofLeases})) AND ${inWindow}) OR (${ofAssets})) AND ${hasArrived}`;
}

/** What is in scope. */
export interface Inventory {
  readonly events: number;
  /** The same only for the same events, whatever their order. */
  readonly digest: string;
}

/** Counts the events in scope, and among them those that do not come behind a key. */
export async function takeInventory(
  store: Store,
  scope: ExportScope,
  last?: EventKey,
): Promise<Inventory & { readonly upToLast: number }> {
  const parameters = new Parameters();
  const upToLast = last === undefined ? sql`0` : sql`countIf(NOT ${isBehind(last, parameters)})`;
  const query = sql`SELECT count(), toString(sum(cityHash64(${identifier('index')}, host, _time, _indextime, events._id))), ${upToLast} FROM events WHERE ${inExport(scope, parameters)}`;
  let found: readonly Cell[] = [0, '0', 0];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'events', type: 'number' },
    { name: 'digest', type: 'text' },
    { name: 'upToLast', type: 'number' },
  ]))
    for (const row of block) found = row;
  const [events, digest, before] = found;
  return { events: Number(events), digest: String(digest), upToLast: Number(before) };
}

/** What the user asked for, as the manifest has it. Two exports of the same request are of the same scope. */
export interface ExportRequest {
  readonly hosts: readonly string[];
  readonly earliest: string;
  readonly latest: string;
  readonly exact: boolean;
}

export function requestOf(scope: Omit<ExportScope, 'asOf' | 'addresses'>, exact: boolean): ExportRequest {
  return {
    hosts: scope.hosts,
    earliest: formatTicks(scope.earliest),
    latest: formatTicks(scope.latest),
    exact,
  };
}

export function isSameRequest(one: ExportRequest, other: ExportRequest): boolean {
  return (
    one.earliest === other.earliest &&
    one.latest === other.latest &&
    one.exact === other.exact &&
    one.hosts.join('\n') === other.hosts.join('\n')
  );
}
