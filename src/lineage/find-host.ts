import { Parameters, sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';

/** What a name of a host means among the hosts of the store. */
export type HostMatch =
  | {
      readonly kind: 'found';
      readonly host: string;
      readonly by: 'name' | 'short-name';
      /** Hosts whose name is this one without or with a domain: some sensors leave it out. */
      readonly alike: readonly string[];
    }
  | { readonly kind: 'ambiguous'; readonly hosts: readonly string[] }
  | { readonly kind: 'unknown'; readonly hosts: readonly string[] };

/** The host of this name, in any letter case; or the only one whose name without domain this is. */
export function findHost(hosts: readonly string[], name: string): HostMatch {
  const wanted = name.toLowerCase();
  if (hosts.includes(wanted))
    return { kind: 'found', host: wanted, by: 'name', alike: hosts.filter((host) => isAlike(host, wanted)) };
  const same = wanted.includes('.') ? [] : hosts.filter((host) => host.split('.')[0] === wanted);
  const [only] = same;
  if (only === undefined) return { kind: 'unknown', hosts };
  return same.length === 1
    ? { kind: 'found', host: only, by: 'short-name', alike: [] }
    : { kind: 'ambiguous', hosts: same };
}

function isAlike(one: string, other: string): boolean {
  return one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** Names of all hosts that events are of, those of process events first. */
export async function readHostNames(store: Store): Promise<readonly string[]> {
  const parameters = new Parameters();
  const query = sql`SELECT host FROM events GROUP BY host ORDER BY countIf(_event_class = 'process-start') > 0 DESC, host`;
  const names: string[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'host', type: 'text' },
  ]))
    for (const [host] of block) names.push(String(host));
  return names;
}
