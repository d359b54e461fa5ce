import { formatTicks } from '../core/ticks.ts';
import type { FileEntry } from '../evidence/file-entry.ts';
import type { FileHistory } from '../evidence/file-history.ts';
import { fileReasonTexts } from '../evidence/file-reason.ts';
import type { SameContent } from '../evidence/find-same-content.ts';
import type { Cell, Column } from '../store/store.ts';

/** A history in JSON: for each host an object with the answers, then one an event. Times are ISO 8601 in UTC. */
export function* fileRecords({ hosts }: FileHistory): Generator<object> {
  for (const { host, entries, answers, sameContent } of hosts) {
    const answered = Object.entries(answers).map(([question, { kind, reasons, entries: found }]) => [
      question,
      {
        answer: kind,
        reasons: fileReasonTexts(reasons, formatTicks),
        events: found.flatMap((at) => entries[at]?.id ?? []),
      },
    ]);
    yield {
      kind: 'file',
      host,
      answers: Object.fromEntries(answered),
      sameContent: sameContent.map(sameRecord),
    };
    for (const entry of entries) yield entryRecord(entry);
  }
}

function sameRecord({ path, hash, first, events }: SameContent): object {
  return { path, hash, first: formatTicks(first), events };
}

function entryRecord(entry: FileEntry): object {
  const { id, host, role, path, actor, product, eventCode, summary, zone } = entry;
  return {
    kind: 'event',
    id,
    time: formatTicks(entry.time),
    arrival: formatTicks(entry.arrival),
    host,
    role,
    path: path ?? null,
    process: {
      pid: actor.pid ?? null,
      guid: actor.guid ?? null,
      image: actor.image ?? null,
      user: actor.user ?? null,
    },
    product,
    eventCode: eventCode ?? null,
    summary,
    ...(zone === undefined
      ? {}
      : { zone: zone.zone ?? null, hostUrl: zone.hostUrl ?? null, referrerUrl: zone.referrerUrl ?? null }),
  };
}

const textColumns = [
  'host',
  'role',
  'path',
  'process_path',
  'process_id',
  'process_guid',
  'user',
  'summary',
  'host_url',
  'referrer_url',
  'product',
  'event_code',
  'event_id',
];

/** Columns of an event of a history in CSV. */
export const fileColumns: readonly Column[] = [
  { name: '_time', type: 'time' },
  ...textColumns.map((name): Column => ({ name, type: 'text' })),
];

export function fileRows({ hosts }: FileHistory): readonly (readonly Cell[])[] {
  return hosts.flatMap(({ entries }) => entries.map(rowOf));
}

function rowOf({
  time,
  host,
  role,
  path,
  actor,
  summary,
  zone,
  product,
  eventCode,
  id,
}: FileEntry): readonly Cell[] {
  const texts = [
    host,
    role,
    path,
    actor.image,
    actor.pid,
    actor.guid,
    actor.user,
    summary,
    zone?.hostUrl,
    zone?.referrerUrl,
    product,
    eventCode,
    id,
  ];
  return [time, ...texts.map((text) => text ?? null)];
}
