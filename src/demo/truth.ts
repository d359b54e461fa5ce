import { type CaseProcess, sysmonUser } from './case-process.ts';
import { type CaseTime, FIRST_DAY, isoText } from './case-time.ts';
import { type CaseHost, PROXY } from './company.ts';
import { expectedSearches } from './expected-searches.ts';
import type { HostSimulation } from './host-simulation.ts';
import type { ProxyOutcome } from './story.ts';
import type { StoryRecord } from './story-player.ts';

/** The version of `truth.json`'s form. */
export const TRUTH_VERSION = 1;

/** A process as `truth.json` has it. Times are ISO 8601 in UTC. */
export interface TruthProcess {
  readonly id: string;
  /** As the logs name the host. */
  readonly host: string;
  readonly pid: number;
  readonly guid: string;
  readonly image: string;
  readonly commandLine: string;
  readonly user: string;
  readonly start: string;
  /** Null where it is alive when the logs end. */
  readonly end: string | null;
  readonly parent: string | null;
  /** The sensors whose start event is in the logs, late ones included. */
  readonly recorded: readonly ('sysmon' | 'security')[];
}

export function truthProcess(host: CaseHost, process: CaseProcess, end: CaseTime | undefined): TruthProcess {
  const recorded: ('sysmon' | 'security')[] = [];
  if (process.recorded.sysmon) recorded.push('sysmon');
  if (process.recorded.security) recorded.push('security');
  return {
    id: process.id,
    host: host.computer,
    pid: process.pid,
    guid: process.guid,
    image: process.image.path,
    commandLine: process.commandLine,
    user: sysmonUser(process),
    start: isoText(process.start),
    end: end === undefined ? null : isoText(end),
    parent: process.parent?.id ?? null,
    recorded,
  };
}

export function truthHost(host: CaseHost): Readonly<Record<string, unknown>> {
  const { name, computer, address, role, user } = host;
  return { name, computer, address, role, user: user.name };
}

/** The proxy's verdicts: C content delivered, B bytes both ways, P blocked by policy, F upstream failed. */
const verdictCodes: Readonly<Record<ProxyOutcome, string>> = {
  delivered: 'C',
  'bytes-both-ways': 'B',
  blocked: 'P',
  'upstream-failed': 'F',
};

function connections(record: StoryRecord, client: string): Readonly<Record<string, unknown>>[] {
  return record.connections.map(({ time, process, request, sensor, c2, line }) => ({
    time: isoText(time),
    process,
    client,
    destination: request.destination,
    port: request.port,
    method: request.method,
    url: request.url,
    verdict: request.outcome,
    code: verdictCodes[request.outcome],
    c2,
    sysmon: sensor,
    via: `${PROXY.address}:${PROXY.port}`,
    line,
  }));
}

const SYSMON_CHANNEL = 'Microsoft-Windows-Sysmon/Operational';

/** Everything of a played story: its processes by name, moments, connections, and what went wrong with the sensor. */
export function truthStory(record: StoryRecord, host: HostSimulation): Readonly<Record<string, unknown>> {
  const { story } = record;
  const { computer } = host.host;
  const { faults } = story;
  const { late, missing, dropped } = host.faults;
  return {
    name: story.name,
    host: computer,
    user: story.user,
    processes: Object.fromEntries([...record.processes].map(([name, process]) => [name, process.id])),
    moments: record.moments.map((moment) => ({ ...moment, time: isoText(moment.time) })),
    connections: connections(record, host.host.address),
    pidReuses: pidReuses(record),
    lateDeliveries: faults.late
      ? [
          {
            host: computer,
            channel: SYSMON_CHANNEL,
            file: `${host.host.name}/sysmon-late.log`,
            from: isoText(faults.late.from),
            to: isoText(faults.late.to),
            arrival: isoText(faults.late.arrival),
            records: late.map((record) => ({ ...record, time: isoText(record.time) })),
          },
        ]
      : [],
    drops: faults.drops
      ? [
          {
            host: computer,
            channel: SYSMON_CHANNEL,
            from: isoText(faults.drops.from),
            to: isoText(faults.drops.to),
            counts: Object.fromEntries(dropped),
          },
        ]
      : [],
    gaps:
      faults.gap && missing
        ? [
            {
              host: computer,
              channel: SYSMON_CHANNEL,
              from: isoText(faults.gap.from),
              to: isoText(faults.gap.to),
              firstMissing: missing.first,
              lastMissing: missing.last,
              count: missing.count,
            },
          ]
        : [],
    searches: story.name === 'salaries' ? expectedSearches(record) : [],
  };
}

/** Process ids that two processes of the story had, one after the other. */
function pidReuses(record: StoryRecord): Readonly<Record<string, unknown>>[] {
  const holders = new Map<number, CaseProcess>();
  const reuses: Readonly<Record<string, unknown>>[] = [];
  for (const process of record.processes.values()) {
    const earlier = holders.get(process.pid);
    if (earlier) reuses.push({ pid: process.pid, earlier: earlier.id, later: process.id });
    holders.set(process.pid, process);
  }
  return reuses;
}

/** When the logs begin; they end `days` later. Events that are not late arrive within five seconds. */
export const LOGS_BEGIN: CaseTime = FIRST_DAY;
