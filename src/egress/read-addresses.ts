import type { Ticks } from '../core/ticks.ts';
import { findHost } from '../lineage/find-host.ts';
import { fieldText } from '../store/field-place.ts';
import { Parameters, type Sql, sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { type AddressSighting, hostAddress, isMulticast, type SightingKind } from './address-sighting.ts';
import { arrivedBy, proxyProducts } from './read-connections.ts';

/**
 * What the store knows of hosts' addresses: the ends of connections that a host's own sensor recorded, logons that name the
 * computer they came from (4624), tickets that a computer asked for itself (4768), and leases of DHCP servers. `hosts` are the names of the
 * store, by which short names are understood; with
 * `asOf` only from what had arrived by then.
 */
export async function readSightings(
  store: Store,
  hosts: readonly string[],
  asOf?: Ticks | undefined,
): Promise<AddressSighting[]> {
  const arrived: Arrived = (parameters) => arrivedBy(parameters, asOf);
  const leased = leases(sql`'leased', 'renewed'`, arrived, false);
  const released = leases(sql`'released', 'expired', 'deleted'`, arrived, true);
  return [
    ...(await read(store, 'connection', ownConnections(arrived), (name) => name)),
    ...(await read(store, 'logon', logons(arrived), nameIn(hosts))),
    ...(await read(store, 'lease', leased, nameIn(hosts))),
    ...(await read(store, 'release', released, nameIn(hosts))),
  ];
}

/** The condition that an event counts, by when it arrived. */
type Arrived = (parameters: Parameters) => Sql;

type Statement = (parameters: Parameters) => Sql;

/** Sightings of a stretch of time count as its first and its last. */
const stretch = sql`toStartOfInterval(_time, INTERVAL 10 MINUTE)`;

/** What comes in was sent to an address of the host's own, or, of datagrams, to the broadcast address of its network. */
function ownConnections(arrived: Arrived): Statement {
  const broadcast = sql`(${fieldText('direction')} = 'inbound' AND endsWith(dest_ip, '.255') AND lower(ifNull(${fieldText('transport')}, '')) != 'tcp')`;
  const address = sql`if(${fieldText('direction')} = 'inbound', dest_ip, src_ip)`;
  return (
    parameters,
  ) => sql`SELECT host, assumeNotNull(${address}) AS address, min(_time), max(_time) FROM events
WHERE _event_class = 'network' AND isNotNull(${address}) AND ${fieldText('direction')} IN ('inbound', 'outbound')
AND (isNotNull(process_id) OR isNotNull(process_guid)) AND NOT ifNull(${broadcast}, 0)
AND _product NOT IN ${parameters.bind(proxyProducts, 'Array(String)')} AND ${arrived(parameters)}
GROUP BY host, address, ${stretch}`;
}

/**
 * A computer's own account has a `$`, and a ticket that was refused proves no name. A logon over the network (type 3) names the computer
 * that it came from; those of other types, as by remote desktop, name the one that is logged on to beside the client's address, as
 * some of type 3 do (basic authentication of a web server).
 */
function logons(arrived: Arrived): Statement {
  const computer = sql`if(EventCode = '4768', if(endsWith(ifNull(TargetUserName, ''), '$'), substring(ifNull(TargetUserName, ''), 1, length(ifNull(TargetUserName, '')) - 1), ''),
  ifNull(${fieldText('WorkstationName')}, ''))`;
  return (
    parameters,
  ) => sql`SELECT lower(${computer}) AS computer, assumeNotNull(${fieldText('IpAddress')}) AS address, min(_time), max(_time) FROM events
WHERE _product = 'windows-security' AND EventCode IN ('4624', '4768') AND isNotNull(${fieldText('IpAddress')}) AND computer NOT IN ('', '-')
AND if(EventCode = '4768', ifNull(${fieldText('Status')}, '0x0') IN ('0x0', '0'), ifNull(${fieldText('LogonType')}, '3') = '3' AND splitByChar('.', lower(host))[1] != splitByChar('.', replaceOne(computer, '\\\\\\\\', ''))[1])
AND ${arrived(parameters)}
GROUP BY computer, address, ${stretch}`;
}

/** Products of DHCP servers. */
export const dhcpProducts: readonly string[] = ['windows-dhcp', 'dhcp'];

/** What DHCP servers did with addresses; the name is what the client called itself. Ends often name no client (dnsmasq, expired leases). */
function leases(actions: Sql, arrived: Arrived, isEnd: boolean): Statement {
  const action = fieldText('dhcp_action');
  return (
    parameters,
  ) => sql`SELECT lower(ifNull(${fieldText('dest_host')}, '')) AS computer, assumeNotNull(dest_ip) AS address, min(_time), max(_time) FROM events
WHERE _product IN ${parameters.bind(dhcpProducts, 'Array(String)')} AND isNotNull(dest_ip) AND ${action} IN (${actions}) AND (computer != '' OR ${isEnd ? sql`1` : sql`0`}) AND ${arrived(parameters)}
GROUP BY computer, address, ${stretch}`;
}

async function read(
  store: Store,
  kind: SightingKind,
  statement: Statement,
  hostOf: (name: string) => string,
): Promise<AddressSighting[]> {
  const parameters = new Parameters();
  const query = statement(parameters);
  const found: AddressSighting[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'host', type: 'text' },
    { name: 'address', type: 'text' },
    { name: 'first', type: 'time' },
    { name: 'last', type: 'time' },
  ]))
    for (const [name, text, first, last] of block) {
      const address = hostAddress(String(text));
      if (address === undefined || isMulticast(address)) continue;
      if (typeof first !== 'bigint' || typeof last !== 'bigint') continue;
      const host = name === '' ? '' : hostOf(String(name));
      found.push({ kind, address, host, time: first });
      if (last > first) found.push({ kind, address, host, time: last });
    }
  return found;
}

/** The store's name for a computer; a name that the store does not have stays as it is, and is another host. */
export function nameIn(hosts: readonly string[]): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let host = known.get(name);
    if (host === undefined) {
      const match = findHost(hosts, name.replace(/^\\\\/, ''));
      host = match.kind === 'found' ? match.host : name;
      known.set(name, host);
    }
    return host;
  };
}
