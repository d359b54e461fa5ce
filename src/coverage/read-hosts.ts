import { Parameters, sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { cellText } from './cell.ts';
import { inScope, type LedgerScope } from './ledger-scope.ts';

/** Names of all hosts in scope, in order. */
export async function readHosts(store: Store, scope: LedgerScope = {}): Promise<readonly string[]> {
  const parameters = new Parameters();
  const query = sql`SELECT toString(host) FROM events WHERE ${inScope(scope, parameters)} GROUP BY host ORDER BY host`;
  const hosts: string[] = [];
  const columns = [{ name: 'host', type: 'text' }] as const;
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns))
    for (const [host] of block) hosts.push(cellText(host));
  return hosts;
}

/**
 * The hosts that a person means: by name, by the name before the first dot, or by a pattern with `*`; upper and lower case
 * are the same.
 */
export function matchingHosts(hosts: readonly string[], wanted: string): readonly string[] {
  const name = wanted.toLowerCase();
  if (name.includes('*')) return hosts.filter((host) => matches(host, name.split('*')));
  const exact = hosts.filter((host) => host === name);
  return exact.length > 0 ? exact : hosts.filter((host) => host.split('.', 1)[0] === name);
}

/** Whether a text is the pieces in their order with anything between them. */
function matches(text: string, pieces: readonly string[]): boolean {
  const [head = '', ...rest] = pieces;
  const tail = rest.pop() ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let at = head.length;
  const end = text.length - tail.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
