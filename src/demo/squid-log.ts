import type { CaseTime } from './case-time.ts';

/** One transaction as Squid 5 logs it. `end` is the moment of logging. */
export interface ProxyTransaction {
  readonly end: CaseTime;
  readonly elapsedMs: number;
  readonly client: string;
  /** `TCP_TUNNEL`, `TCP_DENIED`, … */
  readonly tag: string;
  readonly status: number;
  /** Bytes to the client, headers included. */
  readonly bytes: number;
  readonly method: string;
  readonly url: string;
  /** `HIER_DIRECT/198.51.100.10` or `HIER_NONE/-`. */
  readonly hierarchy: string;
  readonly mime: string;
}

/** Squid's native format: `%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt`. */
export function squidLine(transaction: ProxyTransaction): string {
  const milliseconds = Math.floor(transaction.end / 1000);
  const epoch = `${Math.floor(milliseconds / 1000)}.${String(milliseconds % 1000).padStart(3, '0')}`;
  const { client, tag, bytes, method, url, hierarchy, mime } = transaction;
  const status = String(transaction.status).padStart(3, '0');
  return `${epoch} ${String(transaction.elapsedMs).padStart(6)} ${client} ${tag}/${status} ${bytes} ${method} ${url} - ${hierarchy} ${mime}`;
}
