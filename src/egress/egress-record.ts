import { formatTicks } from '../core/ticks.ts';
import type { Cell, Column } from '../store/store.ts';
import { type Destination, firstCandidate, isExplained } from './destinations.ts';
import type { EgressView } from './egress-view.ts';
import type { EgressProcess } from './join/join-input.ts';
import { againstTexts, forText, processText } from './match-text.ts';
import { ticksOf } from './milliseconds.ts';
import type { JoinedConnection } from './read-egress.ts';
import type { Unrecorded } from './unrecorded.ts';
import { unrecordedVerdict } from './unrecorded-text.ts';
import { verdictNames } from './verdict.ts';

/** The answer as objects of kind `destination`, `unrecorded` and `connection`; times are ISO 8601 in UTC. */
export function* egressRecords(view: EgressView): Generator<object> {
  for (const each of view.destinations) yield destinationRecord(each);
  for (const each of view.unrecorded) yield unrecordedRecord(each);
  for (const each of view.connections) yield connectionRecord(each, view.egress.events.processes);
}

function destinationRecord(given: Destination): object {
  const { host, name, port, connections, verdicts, strongest, cached, unexplained, bytesIn, bytesOut } =
    given;
  return {
    kind: 'destination',
    host: host ?? null,
    destination: name ?? null,
    port: port ?? null,
    connections: connections.length,
    unexplained,
    first: formatTicks(connections[0]?.connection.time ?? 0n),
    last: formatTicks(connections.at(-1)?.connection.time ?? 0n),
    strongest: verdictNames[strongest.code],
    verdicts: Object.fromEntries([...verdicts].map(([code, count]) => [verdictNames[code], count])),
    cached,
    bytesOut: bytesOut ?? null,
    bytesIn: bytesIn ?? null,
    processes: given.processes.map(({ process, repetition, ...figures }) => ({
      ...processRecord(process),
      ...figures,
      repetition: repetition ?? null,
    })),
    repetition: given.repetition ?? null,
  };
}

function unrecordedRecord({ process, first, last, port, ...rest }: Unrecorded): object {
  return {
    ...rest,
    kind: 'unrecorded',
    verdict: unrecordedVerdict(rest),
    port: port ?? null,
    first: formatTicks(ticksOf(first)),
    last: formatTicks(ticksOf(last)),
    process: processRecord(process),
  };
}

function processRecord({ id, host, pid, guid, image, user }: EgressProcess): object {
  return { id, host, pid: pid ?? null, guid: guid ?? null, image: image ?? null, user: user ?? null };
}

function connectionRecord(
  { connection, match }: JoinedConnection,
  processes: readonly EgressProcess[],
): object {
  const { verdict } = connection;
  return {
    kind: 'connection',
    event: connection.id,
    time: formatTicks(connection.time),
    end: formatTicks(ticksOf(connection.end)),
    product: connection.product,
    log: connection.logHost,
    client: connection.client,
    clientPort: connection.clientPort ?? null,
    hosts: match.hosts,
    hostSure: match.hostSure,
    destination: connection.destination ?? null,
    port: connection.destinationPort ?? null,
    serverAddress: connection.serverAddress ?? null,
    method: connection.method ?? null,
    url: connection.url ?? null,
    status: connection.status ?? null,
    bytesOut: connection.bytesOut ?? null,
    bytesIn: connection.bytesIn ?? null,
    contentType: connection.contentType ?? null,
    user: connection.user ?? null,
    userAgent: connection.userAgent ?? null,
    category: connection.category ?? null,
    code: verdict.code,
    verdict: verdictNames[verdict.code],
    reached: verdict.reached,
    out: verdict.out,
    back: verdict.back,
    complete: verdict.complete,
    flags: verdict.flags,
    reason: verdict.reason,
    tier: match.tier ?? null,
    standing: match.standing,
    explained: isExplained(match),
    competing: match.competing,
    candidates: match.candidates.flatMap((each) => {
      const process = processes[each.process];
      return process === undefined
        ? []
        : [
            {
              ...processRecord(process),
              score: each.score,
              for: each.for.map(forText),
              against: each.against.map((against) => againstTexts[against]),
            },
          ];
    }),
  };
}

const csvNames = [
  'time',
  'host',
  'client',
  'client_port',
  'destination',
  'port',
  'method',
  'url',
  'status',
  'bytes_out',
  'bytes_in',
  'content_type',
  'verdict',
  'reached',
  'out',
  'back',
  'complete',
  'flags',
  'reason',
  'tier',
  'standing',
  'explained',
  'competing',
  'process',
  'process_id',
  'process_guid',
  'process_user',
  'for',
  'against',
  'candidates',
  'event',
] as const;

/** A row a connection. */
export const egressColumns: readonly Column[] = csvNames.map((name) => ({ name, type: 'text' }));

/** A connection as a row of `egressColumns`: where others are as likely, no process is named but among the candidates. */
export function egressRow(
  { connection, match }: JoinedConnection,
  processes: readonly EgressProcess[],
): readonly Cell[] {
  const { verdict } = connection;
  const candidate = match.standing === 'undecided' ? undefined : firstCandidate(match);
  const process = processes[candidate?.process ?? -1];
  const row: Readonly<Record<(typeof csvNames)[number], string | number | undefined>> = {
    time: formatTicks(connection.time),
    host: match.hosts.join(' '),
    client: connection.client,
    client_port: connection.clientPort,
    destination: connection.destination,
    port: connection.destinationPort,
    method: connection.method,
    url: connection.url,
    status: connection.status,
    bytes_out: connection.bytesOut,
    bytes_in: connection.bytesIn,
    content_type: connection.contentType,
    verdict: verdictNames[verdict.code],
    reached: verdict.reached,
    out: verdict.out,
    back: verdict.back,
    complete: verdict.complete,
    flags: verdict.flags.join(' '),
    reason: verdict.reason,
    tier: match.tier,
    standing: match.standing,
    explained: String(isExplained(match)),
    competing: match.competing,
    process: process?.image,
    process_id: process?.pid,
    process_guid: process?.guid,
    process_user: process?.user,
    for: candidate?.for.map(forText).join('; '),
    against: candidate?.against.map((each) => againstTexts[each]).join('; '),
    candidates: match.candidates
      .flatMap(({ process: at }) => processes[at] ?? [])
      .map(processText)
      .join('; '),
    event: connection.id,
  };
  return csvNames.map((name) => {
    const value = row[name];
    return value === undefined ? null : String(value);
  });
}
