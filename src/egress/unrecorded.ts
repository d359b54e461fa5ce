import { type Answer, answerQuestion } from '../coverage/answer.ts';
import { endpoint } from './join/contact-index.ts';
import type { EgressProcess } from './join/join-input.ts';
import { millisecondsOf, ticksOf } from './milliseconds.ts';
import type { Egress } from './read-egress.ts';

/**
 * A destination of a process of which no proxy has a record. `name-only`: it looked the name up. `tried`: its sensor saw it open
 * a connection. What that means depends on the proxies: `covered`, they recorded at that time, and did not see it; `not-certain`,
 * records may be missing; `not-collected`, there is no proxy's log of that time.
 */
export interface Unrecorded {
  readonly kind: 'name-only' | 'tried';
  readonly process: EgressProcess;
  readonly destination: string;
  readonly port: number | undefined;
  readonly times: number;
  readonly first: number;
  readonly last: number;
  readonly proxies: 'covered' | 'not-certain' | 'not-collected';
}

/** What processes of the answer looked up or connected to without a proxy's record. */
export function unrecordedOf(
  egress: Egress,
  isWanted: (process: EgressProcess) => boolean,
): readonly Unrecorded[] {
  const { events, connections, join, range } = egress;
  const { earliest, latest } = range;
  const recorded = new Set<string>();
  for (const { connection, match } of connections)
    for (const host of match.hosts)
      for (const name of [connection.destination, connection.serverAddress])
        if (name !== undefined) recorded.add(`${host}\n${name}`);
  const endpoints = new Set([...join.endpoints.values()].flatMap((each) => [...each]));
  const found = new Map<string, { -readonly [Key in keyof Unrecorded]: Unrecorded[Key] }>();
  const add = (
    kind: Unrecorded['kind'],
    index: number,
    destination: string,
    port: number | undefined,
    time: number,
  ): void => {
    const process = events.processes[index];
    const moment = ticksOf(time);
    // The process events of an answer begin before its range, and end behind it.
    if ((earliest !== null && moment < earliest) || (latest !== null && moment >= latest)) return;
    if (process === undefined || !isWanted(process) || recorded.has(`${process.host}\n${destination}`))
      return;
    const key = `${kind} ${index} ${destination} ${port ?? ''}`;
    const known = found.get(key);
    if (known === undefined)
      found.set(key, {
        kind,
        process,
        destination,
        port,
        times: 1,
        first: time,
        last: time,
        proxies: 'covered',
      });
    else {
      known.times++;
      known.first = Math.min(known.first, time);
      known.last = Math.max(known.last, time);
    }
  };
  for (const { process, name, via, time } of events.namings)
    if (via === 'dns') add('name-only', process, name, undefined, time);
  for (const { process, address, port, time } of events.contacts)
    if (!endpoints.has(endpoint(address, port))) add('tried', process, address, port, time);
  for (const each of found.values())
    each.proxies = coverageOf(egress, each.process.host, each.first, each.last);
  return [...found.values()].sort((one, other) => one.first - other.first);
}

/**
 * Whether the proxies' logs hold what happened between two moments, as the ledger knows: those logs that ever had a record of the
 * host. All of them must, as any of them may be the one that it went through.
 */
export function coverageOf(
  { logs, ledger }: Pick<Egress, 'logs' | 'ledger'>,
  host: string,
  from: number,
  to: number,
): Unrecorded['proxies'] {
  const answers = new Set(
    [...(logs.get(host) ?? [])]
      .filter((log) => isProxyLog(ledger, log))
      .map(
        (log) =>
          answerQuestion(ledger, {
            host: log,
            eventClass: 'web',
            from: ticksOf(from),
            to: ticksOf(to),
            found: 0,
          }).kind,
      ),
  );
  if (answers.size === 0) return 'not-collected';
  if (answers.size > 1) return 'not-certain';
  return answers.has('no') ? 'covered' : answers.has('not-certain') ? 'not-certain' : 'not-collected';
}

/** A watcher of the network records no requests: that it has nothing tells nothing of what went through a proxy. */
function isProxyLog({ hosts }: Egress['ledger'], log: string): boolean {
  return (hosts.find(({ host }) => host === log)?.channels ?? []).some(({ classes }) =>
    classes.some(
      ({ eventClass, product, eventsEver }) =>
        eventClass === 'web' && product !== 'zeek-http' && eventsEver > 0,
    ),
  );
}

/** As `coverageOf`, while a process lived; of one whose end is not known, up to the last that is known of its host. */
export function coverageOfLife(egress: Egress, process: EgressProcess): Unrecorded['proxies'] | undefined {
  const { host, start, end } = process;
  if (start === undefined) return undefined;
  const last = egress.ledger.hosts.find((each) => each.host === host)?.last;
  return coverageOf(egress, host, start, end ?? (last ? Math.max(start, millisecondsOf(last)) : start));
}

/** What is known of connections that the host's own sensor may have missed while a process lived. */
export function sensorAnswer(egress: Egress, process: EgressProcess): Answer {
  const index = egress.events.processes.indexOf(process);
  return answerQuestion(egress.ledger, {
    host: process.host,
    eventClass: 'network',
    from: process.start === undefined ? null : ticksOf(process.start),
    to: process.end === undefined ? null : ticksOf(process.end),
    found: egress.events.contacts.filter((contact) => contact.process === index).length,
  });
}
