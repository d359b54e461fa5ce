import type { Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Cell, Column, Store } from '../store/store.ts';
import { arrivedBy } from './read-connections.ts';
import { type LeaseRecord, leasesOf, type UserLease } from './user-leases.ts';

const columns: readonly Column[] = [
  { name: 'time', type: 'time' },
  { name: 'action', type: 'text' },
  { name: 'address', type: 'text' },
  { name: 'user', type: 'text' },
  { name: 'client', type: 'text' },
  { name: 'session', type: 'text' },
  { name: 'computer', type: 'text' },
];

/** Products that tell which user had which address. */
export const leaseProducts: readonly string[] = ['fortinet-vpn', 'globalprotect', 'cisco-asa-vpn', 'nps'];

/**
 * What VPN gateways and RADIUS servers recorded of users' addresses. A session of RADIUS is a computer's where the server's own events
 * (6272, 6278) name one.
 */
export async function readLeases(store: Store, asOf?: Ticks | undefined): Promise<readonly UserLease[]> {
  if (!(await store.catalogue()).has('vpn_action')) return [];
  const computers = await readComputers(store, asOf);
  const parameters = new Parameters();
  const query = sql`SELECT _time, ${fieldText('vpn_action')}, dest_ip, lower(${fieldText('user')}), src_ip, ${fieldText('connection_id')}, ${fieldText('dest_host')}
FROM events WHERE _product IN ${parameters.bind(leaseProducts, 'Array(String)')} AND isNotNull(${fieldText('vpn_action')})
AND ${arrivedBy(parameters, asOf)}`;
  const records: LeaseRecord[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns))
    for (const row of block) {
      const record = recordOf(row, computers);
      if (record !== undefined) records.push(record);
    }
  return leasesOf(records);
}

function recordOf(row: readonly Cell[], computers: ReadonlyMap<string, string>): LeaseRecord | undefined {
  const [time, action, address, user, client, session, computer] = row;
  if (typeof time !== 'bigint' || (action !== 'assigned' && action !== 'released')) return undefined;
  return {
    time,
    action,
    address: said(address),
    user: said(user),
    client: said(client),
    session: said(session),
    computer: said(computer)?.toLowerCase() ?? computers.get(said(session) ?? ''),
  };
}

function said(cell: Cell | undefined): string | undefined {
  return typeof cell === 'string' && cell !== '' && cell !== '-' ? cell : undefined;
}

/** Computers that the RADIUS server let in, by the session. */
async function readComputers(store: Store, asOf: Ticks | undefined): Promise<ReadonlyMap<string, string>> {
  const parameters = new Parameters();
  const machine = sql`coalesce(nullIf(${fieldText('FullyQualifiedSubjectMachineName')}, '-'), nullIf(${fieldText('SubjectMachineName')}, '-'))`;
  const query = sql`SELECT ${fieldText('AccountSessionIdentifier')} AS session, ${machine} AS computer FROM events
WHERE _product = 'windows-security' AND EventCode IN ('6272', '6278') AND isNotNull(session) AND isNotNull(computer)
AND ${arrivedBy(parameters, asOf)}`;
  const found = new Map<string, string>();
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'session', type: 'text' },
    { name: 'computer', type: 'text' },
  ]))
    for (const [session, computer] of block)
      found.set(
        String(session),
        String(computer)
          .replace(/^.*[\\/]/, '')
          .replace(/\$$/, '')
          .toLowerCase(),
      );
  return found;
}
