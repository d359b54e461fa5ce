import type { Ticks } from '../core/ticks.ts';
import { formatTicks } from '../core/ticks.ts';
import type { ChannelLedger, HostLedger, Ledger } from '../coverage/ledger.ts';
import { recordIdReasoning } from '../coverage/record-id-text.ts';
import type { Cell, Column } from '../store/store.ts';
import { csvHeader, csvRow } from './format-csv.ts';

const columns: readonly Column[] = [
  { name: 'host', type: 'text' },
  { name: 'channel', type: 'text' },
  { name: 'entry', type: 'text' },
  { name: 'what', type: 'text' },
  { name: 'product', type: 'text' },
  { name: 'count', type: 'text' },
  { name: 'from', type: 'text' },
  { name: 'to', type: 'text' },
  { name: 'detail', type: 'text' },
];

type Row = readonly Cell[];

/**
 * The ledger flat, an entry a row: `collected` and `never-seen` classes, the verdict on `record-ids`, and each `gap`,
 * `dropped` type, `cleared` log, `sensor` state, `late` delivery and group of `fault`s. `count` of classes is of the range.
 */
export function coverageCsv(ledger: Ledger): string {
  const rows = [
    ...ledger.hosts.flatMap((host) => [
      ...host.channels.flatMap((channel) => channelRows(host, channel)),
      ...host.faults.map((fault) => faultRow(host.host, fault)),
    ]),
    ...ledger.faults.map((fault) => faultRow(null, fault)),
  ];
  return [csvHeader(columns), ...rows.map((row) => csvRow(columns, row))]
    .map((line) => `${line}\r\n`)
    .join('');
}

function channelRows({ host }: HostLedger, channel: ChannelLedger): readonly Row[] {
  const name = channel.channel;
  const row = (
    entry: string,
    what: string | null,
    product: string | null,
    count: number | bigint | null,
    from: Ticks | null,
    to: Ticks | null,
    detail: string | null = null,
  ): Row => [
    host,
    name,
    entry,
    what,
    product,
    count === null ? null : String(count),
    iso(from),
    iso(to),
    detail,
  ];
  const { recordIds, lateness } = channel;
  return [
    ...channel.classes.map((each) =>
      row('collected', each.eventClass, each.product, each.events, each.first, each.last),
    ),
    ...channel.neverSeen.map((never) =>
      row(
        'never-seen',
        never.eventClass,
        never.product,
        0,
        null,
        null,
        `${never.byDefault} by default${never.seldom ? ', seldom' : ''}`,
      ),
    ),
    row(
      'record-ids',
      recordIds.verdict,
      null,
      recordIds.figures.withId,
      channel.first,
      channel.last,
      recordIdReasoning(recordIds),
    ),
    ...recordIds.gaps.map(({ missing, from, to, firstMissing, lastMissing }) =>
      row('gap', `${firstMissing}-${lastMissing}`, null, missing, from, to),
    ),
    ...channel.drops.flatMap(({ from, to, counts, text, eventCode }) =>
      counts.length === 0
        ? [row('dropped', `event ${eventCode}`, null, null, from, to, text)]
        : counts.map(({ type, count }) => row('dropped', type, null, count, from, to)),
    ),
    ...channel.clears.map(({ time, user, eventCode }) =>
      row('cleared', `event ${eventCode}`, null, null, time, time, user ?? null),
    ),
    ...channel.states.map(({ time, change, text }) => row('sensor', change, null, null, time, time, text)),
    ...(lateness.kind === 'measured' ? lateness.late : []).map((late) =>
      row('late', null, null, late.events, late.from, late.to, `arrived ${iso(late.firstArrival)}`),
    ),
  ];
}

function faultRow(host: string | null, { origin, code, faults, message }: Ledger['faults'][number]): Row {
  return [host, origin, 'fault', code, null, String(faults), null, null, message];
}

function iso(time: Ticks | null): string | null {
  return time === null ? null : formatTicks(time);
}
