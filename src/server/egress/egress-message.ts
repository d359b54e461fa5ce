import type { z } from '@hono/zod-openapi';
import { formatTicks, type Ticks } from '../../core/ticks.ts';
import {
  type Destination,
  destinationKey,
  destinationsOf,
  isExplained,
  shareUnexplained,
} from '../../egress/destinations.ts';
import { clockKey } from '../../egress/join/clock-offset.ts';
import type { EgressProcess } from '../../egress/join/join-input.ts';
import type { ForReason, Tier } from '../../egress/join/match.ts';
import { ticksOf } from '../../egress/milliseconds.ts';
import type { VerdictCounts } from '../../egress/process-egress.ts';
import type { JoinedConnection } from '../../egress/read-egress.ts';
import type { Repetition } from '../../egress/repetition.ts';
import { coverageOfLife, sensorAnswer, unrecordedOf } from '../../egress/unrecorded.ts';
import { type Verdict, type VerdictCode, verdictCodes } from '../../egress/verdict.ts';
import { reasonParts } from '../../egress/verdict-reason.ts';
import { imageName } from '../../lineage/image-name.ts';
import { answerReasonViews, type Clock } from '../../views/reason-view.ts';
import { cutAt } from '../../views/tree-row.ts';
import type * as message from '../contracts/egress.ts';
import type { EgressPart } from './egress-selection.ts';
import type { KnownEgress } from './host-egress.ts';

const mostAddresses = 20;
const mostProcesses = 5;
const mostUnrecorded = 100;
const longestText = 4_000;

/** Which destinations of the part are wanted. */
type EgressPage = Pick<
  z.output<typeof message.egressQuerySchema>,
  'offset' | 'limit' | 'verdict' | 'unexplained'
>;

/** A part of a host's egress with a page of its destinations. */
export function egressMessage(
  { egress }: KnownEgress,
  part: EgressPart,
  { offset, limit, verdict, unexplained }: EgressPage,
  asOf: Ticks | undefined,
  clock: Clock,
): message.Egress {
  const { host = '' } = egress;
  const { processes, destination } = part;
  const destinations = destinationsOf(egress, part.connections)
    .filter(
      (each) =>
        (verdict === undefined || each.verdicts.has(verdict)) &&
        (unexplained !== 'true' || each.unexplained > 0),
    )
    .toSorted(
      (one, other) =>
        shareUnexplained(other) - shareUnexplained(one) ||
        verdictCodes.indexOf(one.strongest.code) - verdictCodes.indexOf(other.strongest.code) ||
        other.connections.length - one.connections.length,
    );
  const wanted = processes && new Set([...processes].map((index) => egress.events.processes[index]));
  const unrecorded =
    processes === undefined && destination === undefined
      ? []
      : unrecordedOf(egress, (each) => wanted === undefined || wanted.has(each)).filter(
          (each) => destination === undefined || each.destination.toLowerCase().includes(destination),
        );
  const addresses = [...egress.book.addresses].filter((each) => egress.book.hostsEver(each).includes(host));
  return {
    host,
    asof: asOf === undefined ? null : formatTicks(asOf),
    records: egress.connections.length,
    unexplained: egress.connections.filter(({ match }) => !isExplained(match)).length,
    first: momentOf(egress.connections[0]),
    last: momentOf(egress.connections.at(-1)),
    addresses: addresses.slice(0, mostAddresses),
    addressesTotal: addresses.length,
    logs: logsOf(egress),
    process: processMessageOf(egress, part, clock),
    connections: part.connections.length,
    destinations: destinations
      .slice(offset, offset + limit)
      .map((each) => destinationMessage(each, processes)),
    destinationsTotal: destinations.length,
    unrecorded: unrecorded.slice(0, mostUnrecorded).map((each) => ({
      kind: each.kind,
      process: processMessage(each.process),
      destination: each.destination,
      port: each.port ?? null,
      times: each.times,
      first: formatTicks(ticksOf(each.first)),
      last: formatTicks(ticksOf(each.last)),
      proxies: each.proxies,
    })),
    unrecordedTotal: unrecorded.length,
  };
}

function momentOf(joined: JoinedConnection | undefined): string | null {
  return joined === undefined ? null : formatTicks(joined.connection.time);
}

function logsOf({ host, connections, join }: KnownEgress['egress']): message.Egress['logs'] {
  const counts = new Map<string, number>();
  for (const { connection } of connections)
    counts.set(connection.proxy, (counts.get(connection.proxy) ?? 0) + 1);
  return [...counts].map(([name, records]) => {
    const clock = join.clocks.get(clockKey(host ?? '', name));
    return {
      name,
      records,
      listens: [...(join.endpoints.get(name) ?? [])].map((each) => each.replace(' ', ':')),
      clock:
        clock?.basis === 'measured'
          ? { offsetMs: clock.offset, spreadMs: clock.spread, pairs: clock.pairs }
          : null,
    };
  });
}

function processMessageOf(
  egress: KnownEgress['egress'],
  { processes, behind }: EgressPart,
  clock: Clock,
): message.Egress['process'] {
  const [index] = processes ?? [];
  const process = egress.events.processes[index ?? -1];
  if (process === undefined || processes?.size !== 1) return null;
  const answer = sensorAnswer(egress, process);
  return {
    process: processMessage(process),
    sensor: { answer: answer.kind, reasons: answerReasonViews(answer, clock) },
    proxies: coverageOfLife(egress, process) ?? null,
    behind,
  };
}

function processMessage({ id, pid, image, user, start, end }: EgressProcess): message.EgressProcessMessage {
  return {
    id,
    pid: pid ?? null,
    name: image === undefined ? '' : imageName(image),
    image: image ?? null,
    user: user ?? null,
    start: start === undefined ? null : formatTicks(ticksOf(start)),
    end: end === undefined ? null : formatTicks(ticksOf(end)),
  };
}

const tiers: readonly Tier[] = [1, 2, 3];

function destinationMessage(
  given: Destination,
  processes: ReadonlySet<number> | undefined,
): message.EgressDestination {
  const { connections, strongest } = given;
  const [first] = connections as readonly [JoinedConnection];
  const shown = connections.find(({ connection }) => connection.verdict === strongest) ?? first;
  return {
    key: destinationKey(first),
    host: given.host ?? null,
    name: given.name ?? null,
    port: given.port ?? null,
    connections: connections.length,
    unexplained: given.unexplained,
    first: momentOf(first),
    last: momentOf(connections.at(-1)),
    verdicts: countMessages(
      verdictCodes.flatMap((code): VerdictCounts => {
        const count = given.verdicts.get(code);
        return count === undefined ? [] : [[code, count]];
      }),
    ),
    cached: given.cached,
    strongest: verdictMessage(strongest),
    eventId: shown.connection.id,
    bytesOut: given.bytesOut ?? null,
    bytesIn: given.bytesIn ?? null,
    repetition: given.repetition === undefined ? null : repetitionMessage(given.repetition),
    processes: given.processes.slice(0, mostProcesses).map((each) => ({
      process: processMessage(each.process),
      connections: each.connections,
      tiers: tiers.flatMap((tier) => (each.tiers[tier] > 0 ? [{ tier, count: each.tiers[tier] }] : [])),
      decided: each.decided,
      competing: each.competing,
    })),
    processesTotal: given.processes.length,
    own: processes === undefined ? null : ownPart(connections),
  };
}

/** Of connections for which no other process is likelier than the one that was asked for. */
function ownPart(connections: readonly JoinedConnection[]): message.EgressDestination['own'] {
  const matches = connections.map(({ match }) => match);
  return {
    tiers: tiers.flatMap((tier) => {
      const count = matches.filter((match) => match.tier === tier).length;
      return count > 0 ? [{ tier, count }] : [];
    }),
    explained: matches.filter(isExplained).length,
    undecided: matches.filter(({ standing }) => standing === 'undecided').length,
    competing: matches.reduce((most, { competing }) => Math.max(most, competing), 0),
  };
}

function repetitionMessage({
  count,
  median,
  deviation,
  variation,
  span,
  bytes,
}: Repetition): message.Repetition {
  return {
    count,
    medianMs: median,
    deviationMs: deviation,
    variation,
    spanMs: span,
    bytes: bytes === undefined ? null : { ...bytes },
  };
}

/** Counts of verdicts as they are sent. */
export function countMessages(counts: VerdictCounts): { code: VerdictCode; count: number }[] {
  return counts.map(([code, count]) => ({ code, count }));
}

function verdictMessage(verdict: Verdict): message.EgressVerdict {
  const { pattern, parts } = reasonParts(verdict.reason);
  return {
    ...verdict,
    flags: [...verdict.flags],
    reasonParts: { pattern, parts: parts.map((part) => cutAt(part, longestText).text) },
  };
}

/** A connection with all that speaks for and against its candidates. */
export function connectionMessage(
  { connection, match }: JoinedConnection,
  processes: readonly EgressProcess[],
): message.EgressConnection {
  const cut = (text: string | undefined) => (text === undefined ? null : cutAt(text, longestText).text);
  return {
    eventId: connection.id,
    time: formatTicks(connection.time),
    product: connection.product,
    log: connection.logHost,
    client: connection.client,
    clientPort: connection.clientPort ?? null,
    hosts: [...match.hosts],
    hostSure: match.hostSure,
    destination: cut(connection.destination),
    port: connection.destinationPort ?? null,
    serverAddress: connection.serverAddress ?? null,
    method: cut(connection.method),
    url: cut(connection.url),
    status: connection.status ?? null,
    bytesOut: connection.bytesOut ?? null,
    bytesIn: connection.bytesIn ?? null,
    contentType: cut(connection.contentType),
    user: cut(connection.user),
    userAgent: cut(connection.userAgent),
    category: cut(connection.category),
    verdict: verdictMessage(connection.verdict),
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
              process: processMessage(process),
              score: each.score,
              for: each.for.map(forMessage),
              against: [...each.against],
            },
          ];
    }),
  };
}

const nothing = { via: null, whole: false, ms: null, contacts: null } as const;

function forMessage(reason: ForReason): message.ForReason {
  const { kind } = reason;
  switch (kind) {
    case 'same-four-values':
    case 'connected-then':
      return { ...nothing, kind, ms: reason.apart };
    case 'named':
      return { ...nothing, kind, via: reason.via, whole: reason.whole, ms: reason.before };
    case 'alive-at-every-contact':
      return { ...nothing, kind, contacts: reason.contacts };
    case 'first-contact-after-start':
      return { ...nothing, kind, ms: reason.after };
    case 'same-connection-before':
    case 'user-agent':
    case 'user':
      return { ...nothing, kind };
  }
}
