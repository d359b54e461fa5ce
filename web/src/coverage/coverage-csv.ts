import type { Coverage } from '../../../src/server/contracts/coverage.ts';

const columns = [
  'host',
  'channel',
  'class',
  'events',
  'dropped',
  'answer',
  'stretch',
  'from',
  'to',
  'count',
  'reason',
];

/** A line for each stretch in which something is missing, and for each class without one. */
export function coverageCsv(coverage: Coverage): string {
  const lines: (string | number | null)[][] = [];
  for (const host of coverage.hosts)
    for (const channel of host.channels)
      for (const each of channel.classes) {
        const head = [host.host, channel.channel, each.class, each.events, each.dropped, each.answer];
        if (each.stretches.length === 0)
          lines.push([...head, null, null, null, null, each.reasons[0]?.text ?? null]);
        for (const stretch of each.stretches)
          lines.push([...head, stretch.kind, stretch.from, stretch.to, stretch.count, stretch.reason.text]);
      }
  return [columns, ...lines].map((line) => line.map(cell).join(',')).join('\r\n');
}

/** Quoted; a text that a spreadsheet would take for a formula gets an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
