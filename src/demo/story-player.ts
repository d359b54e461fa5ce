import type { CaseProcess } from './case-process.ts';
import { type CaseTime, HOUR, onFirstDay } from './case-time.ts';
import type { HostSimulation } from './host-simulation.ts';
import { IMAGES } from './image-catalogue.ts';
import type { ProxyTransaction } from './squid-log.ts';
import { squidLine } from './squid-log.ts';
import type { ProxyOutcome, Story, StoryRequest, StoryStep } from './story.ts';
import {
  eventsDropped,
  fileCreate,
  fileDelete,
  imageLoad,
  processAccess,
  registrySet,
  remoteThread,
  streamHash,
} from './sysmon-events.ts';
import { connectToProxy } from './web-visit.ts';

export interface StoryMoment {
  readonly time: CaseTime;
  readonly process: string;
  readonly text: string;
}

export interface StoryConnection {
  readonly time: CaseTime;
  readonly process: string;
  readonly request: StoryRequest;
  readonly sensor: 'recorded' | 'dropped' | 'not-recorded';
  readonly c2: boolean;
  /** The line of the proxy's log. */
  readonly line: string;
}

/** What a story came to when it was played. */
export interface StoryRecord {
  readonly story: Story;
  /** The story's processes by their name in the story. */
  readonly processes: Map<string, CaseProcess>;
  readonly moments: StoryMoment[];
  readonly connections: StoryConnection[];
}

const forms: Readonly<
  Record<
    ProxyOutcome,
    (request: StoryRequest) => Pick<ProxyTransaction, 'tag' | 'status' | 'hierarchy' | 'mime'>
  >
> = {
  delivered: (request) => ({
    tag: 'TCP_MISS',
    status: 200,
    hierarchy: `HIER_DIRECT/${request.destination}`,
    mime: request.mime ?? 'text/html',
  }),
  'bytes-both-ways': (request) => ({
    tag: 'TCP_TUNNEL',
    status: 200,
    hierarchy: `HIER_DIRECT/${request.destination}`,
    mime: '-',
  }),
  blocked: () => ({ tag: 'TCP_DENIED', status: 403, hierarchy: 'HIER_NONE/-', mime: 'text/html' }),
  'upstream-failed': () => ({ tag: 'TCP_MISS', status: 503, hierarchy: 'HIER_NONE/-', mime: 'text/html' }),
};

function playRequest(
  host: HostSimulation,
  process: CaseProcess,
  step: Extract<StoryStep, { kind: 'request' }>,
  record: StoryRecord,
): void {
  const { request, sensor } = step;
  const time = host.now;
  if (sensor !== 'not-recorded') connectToProxy(host, process);
  const end = time + request.elapsedMs * 1000;
  const transaction: ProxyTransaction = {
    end,
    elapsedMs: request.elapsedMs,
    client: host.host.address,
    bytes: request.bytes,
    method: request.method,
    url: request.url,
    ...forms[request.outcome](request),
  };
  host.at(end, () => host.proxy(transaction));
  record.connections.push({
    time,
    process: process.id,
    request,
    sensor,
    c2: step.c2 ?? false,
    line: squidLine(transaction),
  });
}

function playStep(host: HostSimulation, step: StoryStep, record: StoryRecord): CaseProcess {
  const named = (name: string): CaseProcess => {
    const process = record.processes.get(name) ?? host.role(name);
    if (!process) throw new Error(`${record.story.name}: no process ${name} at ${step.at}`);
    return process;
  };
  const { now } = host;
  if (step.kind === 'start') {
    const started = host.start({
      image: IMAGES[step.image],
      commandLine: step.commandLine,
      parent: named(step.parent),
      pid: step.pid,
      ...(step.directory === undefined ? {} : { directory: step.directory }),
      ...(step.ruleName === undefined ? {} : { ruleName: step.ruleName }),
    });
    record.processes.set(step.name, started);
    return started;
  }
  const process = named(step.process);
  switch (step.kind) {
    case 'exit':
      host.exit(process, step.status ?? 0);
      break;
    case 'file':
      host.sysmon(fileCreate(process, now, step.path, step.ruleName));
      break;
    case 'delete':
      host.sysmon(fileDelete(process, now, step.path));
      break;
    case 'stream':
      host.sysmon(streamHash(process, now, step.path, step.contents));
      break;
    case 'load':
      host.sysmon(imageLoad(process, now, step.path, step.signed));
      break;
    case 'registry':
      host.sysmon(registrySet(process, now, step.value, step.details, step.ruleName));
      break;
    case 'thread':
      host.sysmon(remoteThread(process, named(step.target), now, 9_916));
      break;
    case 'access':
      host.sysmon(processAccess(process, named(step.target), now, 9_912, step.access));
      break;
    case 'request':
      playRequest(host, process, step, record);
      break;
  }
  return process;
}

/** The process ids that belong to the story on its host. */
export function storyPids(story: Story | undefined): Set<number> {
  const pids = new Set<number>();
  for (const process of story?.existing ?? []) pids.add(process.pid);
  for (const step of story?.steps ?? []) if (step.kind === 'start') pids.add(step.pid);
  return pids;
}

/** Puts a story's processes of before the logs in place, and plans its steps. */
export function planStory(host: HostSimulation, story: Story): StoryRecord {
  const record: StoryRecord = { story, processes: new Map(), moments: [], connections: [] };
  const begin = host.now;
  for (const each of story.existing) {
    host.now = begin - each.hoursBefore * HOUR;
    const process = host.start({
      image: IMAGES[each.image],
      commandLine: each.commandLine,
      parent: host.role(each.parent),
      pid: each.pid,
      recorded: false,
    });
    record.processes.set(each.name, process);
    host.roles.set(each.name, process);
  }
  host.now = begin;
  for (const step of story.steps)
    host.at(onFirstDay(step.at), () => {
      const process = playStep(host, step, record);
      if (step.moment !== undefined)
        record.moments.push({ time: host.now, process: process.id, text: step.moment });
    });
  const { drops } = story.faults;
  if (drops) host.at(drops.to, () => host.sysmon(eventsDropped(host.now, host.faults.dropped)));
  return record;
}
