import type { ProxyProduct } from './proxy-facts.ts';

/** A record of a session, as far as it tells which session that is. */
interface SessionRecord {
  readonly product: ProxyProduct;
  readonly logHost: string;
  readonly session?: string | undefined;
  readonly client: string;
  readonly clientPort?: number | undefined;
  readonly serverAddress?: string | undefined;
  /** Milliseconds. */
  readonly start: number;
  readonly end: number;
}

/**
 * Firewalls whose sessions have several records: PAN-OS one of the start, FortiOS one every few minutes. Each has the totals since the
 * start, so the last has them all, and their sum is not what was sent.
 */
export function hasRunningTotals(product: ProxyProduct): boolean {
  return product === 'fortinet-traffic' || product === 'paloalto-traffic';
}

/** Numbers of sessions come again: two records are of one if both say that it began then, by clocks of whole seconds. */
const SAME_START = 2_000;

/** Records without those that a later one of the same session takes in. */
export function lastOfSessions<Item extends SessionRecord>(records: readonly Item[]): Item[] {
  const kept: Item[] = [];
  const sessions = new Map<string, Item[]>();
  for (const record of records) {
    const { session, product, logHost, client, clientPort, serverAddress } = record;
    if (session === undefined || session === '0') {
      kept.push(record);
      continue;
    }
    const key = [product, logHost, session, client, clientPort ?? '', serverAddress ?? ''].join('\n');
    const known = sessions.get(key);
    if (known === undefined) sessions.set(key, [record]);
    else known.push(record);
  }
  for (const [first, ...others] of sessions.values()) {
    if (first === undefined) continue;
    if (others.length === 0) {
      kept.push(first);
      continue;
    }
    let last = first;
    for (const record of [first, ...others].sort(
      (one, other) => one.start - other.start || one.end - other.end,
    )) {
      if (record.start - last.start > SAME_START) {
        kept.push(last);
        last = record;
      } else if (record.end >= last.end) last = record;
    }
    kept.push(last);
  }
  return kept;
}
