import { formatTicks } from '../core/ticks.ts';
import type { Ledger } from '../coverage/ledger.ts';

/** Members that are a number of ticks or of ids, and no moment. */
const numbers: ReadonlySet<string> = new Set(['missing']);

/** The ledger as JSON lines: a host a line, then, where there are any, the faults that belong to no host. Times are ISO 8601. */
export function coverageJson(ledger: Ledger): string {
  const lines = ledger.hosts.map((host) => JSON.stringify(host, plainValue));
  if (ledger.faults.length > 0) lines.push(JSON.stringify({ faults: ledger.faults }, plainValue));
  return lines.map((line) => `${line}\n`).join('');
}

function plainValue(name: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  if (name === 'width') return Number(value) / 1e7;
  return numbers.has(name) ? Number(value) : formatTicks(value);
}
