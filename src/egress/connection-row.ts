import { imageName } from '../lineage/image-name.ts';
import type { ConnectionRow } from '../spl/connection-reader.ts';
import { firstCandidate, isExplained } from './destinations.ts';
import type { EgressProcess } from './join/join-input.ts';
import type { MatchCandidate } from './join/match.ts';
import { againstTexts, forText, processText } from './match-text.ts';
import { ticksOf } from './milliseconds.ts';
import type { JoinedConnection } from './read-egress.ts';
import { verdictNames } from './verdict.ts';

/**
 * A connection as a row of `egress`. A process is named where more speaks for it than for any other, and a host where no other
 * may have had the address.
 */
export function connectionRow(joined: JoinedConnection, processes: readonly EgressProcess[]): ConnectionRow {
  const { connection, match } = joined;
  const { verdict } = connection;
  const candidate = match.standing === 'undecided' ? undefined : firstCandidate(match);
  const process = candidate === undefined ? undefined : processes[candidate.process];
  return {
    _time: connection.time,
    end_time: ticksOf(connection.end),
    host: match.hosts.length === 1 ? match.hosts[0] : undefined,
    hosts: match.hosts,
    src_ip: connection.client === '' ? undefined : connection.client,
    src_port: textOf(connection.clientPort),
    user: connection.user,
    dest: connection.destination,
    dest_ip: connection.serverAddress,
    dest_port: textOf(connection.destinationPort),
    http_method: connection.method,
    url: connection.url,
    status: textOf(connection.status),
    bytes_out: connection.bytesOut,
    bytes_in: connection.bytesIn,
    http_content_type: connection.contentType,
    http_user_agent: connection.userAgent,
    category: connection.category,
    verdict: verdictNames[verdict.code],
    verdict_code: verdict.code,
    verdict_reason: verdict.reason,
    reached: verdict.reached,
    out: verdict.out,
    back: verdict.back,
    complete: verdict.complete,
    flags: verdict.flags,
    tier: match.tier,
    standing: match.standing,
    explained: String(isExplained(match)),
    competing: match.competing,
    times: 1,
    process_id: textOf(process?.pid),
    process_guid: process?.guid,
    process_name: process?.image === undefined ? undefined : imageName(process.image),
    process_path: process?.image,
    process_user: process?.user,
    lineage_id: process?.id,
    reasons: candidate === undefined ? [] : reasonsOf(candidate),
    candidates: match.candidates.flatMap((each) => candidateText(each, processes) ?? []),
    product: connection.product,
    log_host: connection.logHost,
    event_id: connection.id,
  };
}

function textOf(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number);
}

/** What speaks for a process, and what against it. */
function reasonsOf(candidate: MatchCandidate): string[] {
  return [
    ...candidate.for.map(forText),
    ...candidate.against.map((each) => `against it: ${againstTexts[each]}`),
  ];
}

function candidateText(candidate: MatchCandidate, processes: readonly EgressProcess[]): string | undefined {
  const process = processes[candidate.process];
  return process && [processText(process), ...reasonsOf(candidate)].join('; ');
}
