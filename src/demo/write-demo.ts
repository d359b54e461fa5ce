import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { makeFolder } from '../core/make-folder.ts';
import { type CaseTime, DAY, HOUR, isoText, MINUTE, SECOND } from './case-time.ts';
import { type CaseHost, caseHost, DNS_DOMAIN } from './company.ts';
import { hasBeenRunning } from './host-lifecycle.ts';
import { HostSimulation } from './host-simulation.ts';
import { LogFiles } from './log-files.ts';
import { bootsDaily, keepBusy, type NoisePlan, switchDaily } from './noise.ts';
import { type ProxyTransaction, squidLine } from './squid-log.ts';
import type { Story } from './story.ts';
import { INFECTION } from './story-infection.ts';
import { planStory, type StoryRecord, storyPids } from './story-player.ts';
import { SALARIES } from './story-salaries.ts';
import { LOGS_BEGIN, TRUTH_VERSION, truthHost, truthProcess, truthStory } from './truth.ts';

export interface DemoOptions {
  /** Another seed gives other noise around the same stories. */
  readonly seed: number;
  /** At least 2: each story has its host. */
  readonly hosts: number;
  readonly days: number;
  /** About how many events in all, lines of the proxy's log included; default 6,000 a host and day. */
  readonly events?: number;
  readonly signal?: AbortSignal;
}

export interface DemoSummary {
  readonly folder: string;
  /** Paths below the folder. */
  readonly files: readonly string[];
  /** Lines of all logs. */
  readonly events: number;
  readonly bytes: number;
}

/** Records arrive so much after they were written, but for the late ones. */
const DELIVERY = 2 * SECOND;

const EVENTS_A_HOST_AND_DAY = 6_000;
/** Hosts are simulated in slices of time, so that the proxy's log can be sorted in memory. */
const EVENTS_A_SLICE = 100_000;

const STORIES: readonly Story[] = [SALARIES, INFECTION];

interface SimulatedHost {
  readonly simulation: HostSimulation;
  readonly record: StoryRecord | undefined;
}

function prepareHost(
  host: CaseHost,
  options: DemoOptions,
  plan: NoisePlan,
  files: LogFiles,
  written: Map<string, CaseTime>,
  proxyLines: ProxyTransaction[],
  truth: (text: string) => void,
): SimulatedHost {
  const story = STORIES.find((each) => each.host === host.name);
  const simulation = new HostSimulation(
    host,
    options.seed,
    plan.begin,
    {
      line: (log, text) => {
        files.line(`${host.name}/${log}.log`, text);
        written.set(`${host.name}/${log}.log`, simulation.now + DELIVERY);
      },
      proxy: (transaction) => proxyLines.push(transaction),
      process: (process, end) => truth(JSON.stringify(truthProcess(host, process, end))),
    },
    storyPids(story),
    story?.faults ?? {},
  );
  if (bootsDaily(simulation, plan))
    switchDaily(simulation, plan, story?.powered && { on: story.powered.from, off: story.powered.to });
  else hasBeenRunning(simulation, plan.begin - 3 * DAY - 2 * HOUR, plan.begin - 15.4 * HOUR);
  const record = story && planStory(simulation, story);
  keepBusy(simulation, plan);
  return { simulation, record };
}

/** A file was last written to when its last record had arrived. */
function setFileTime(path: string, time: CaseTime): void {
  if (!existsSync(path)) return;
  utimesSync(path, time / SECOND, time / SECOND);
}

/**
 * Writes the demonstration case below a folder: for each host `sysmon.log`, `security.log` and `system.log` (event XML,
 * one event a line), `sysmon-late.log` where records came late, `proxy/access.log` (Squid), and `truth.json` with what
 * really happened. Files bear the time of their last delivery. Deterministic in its options; memory is bounded by hosts and not by events. Throws where a file
 * cannot be written, and a RangeError for options out of range.
 */
export async function writeDemo(folder: string, options: DemoOptions): Promise<DemoSummary> {
  const { hosts: hostCount, days, seed } = options;
  if (!(hostCount >= 2 && days >= 1)) throw new RangeError('the case needs at least 2 hosts and 1 day');
  const events = options.events ?? hostCount * days * EVENTS_A_HOST_AND_DAY;
  const plan: NoisePlan = { begin: LOGS_BEGIN, days, events: events / hostCount };
  const end = plan.begin + days * DAY;
  makeFolder(folder);
  const files = new LogFiles(folder);
  const truth = new LogFiles(folder);
  const cast = Array.from({ length: hostCount }, (_, index) => caseHost(index));
  const head = {
    version: TRUTH_VERSION,
    seed,
    domain: DNS_DOMAIN,
    begin: isoText(plan.begin),
    end: isoText(end),
    delivery: 'records arrive within 5 seconds, except the late deliveries of the stories',
    hosts: cast.map(truthHost),
  };
  // The first key tells ingest what this file is; the processes are too many to hold.
  truth.text('truth.json', `{"keizu":${JSON.stringify(head).slice(0, -1)},\n"processes":[`);
  let separator = '\n';
  const written = new Map<string, CaseTime>();
  const proxyLines: ProxyTransaction[] = [];
  const hosts = cast.map((host) =>
    prepareHost(host, options, plan, files, written, proxyLines, (text) => {
      truth.text('truth.json', separator + text);
      separator = ',\n';
    }),
  );
  const flushProxy = (): void => {
    proxyLines.sort((one, other) => one.end - other.end);
    for (const transaction of proxyLines) {
      files.line('proxy/access.log', squidLine(transaction));
      written.set('proxy/access.log', transaction.end + DELIVERY);
    }
    proxyLines.length = 0;
  };
  const slice = Math.max(MINUTE, Math.min(6 * HOUR, (EVENTS_A_SLICE / events) * days * DAY));
  for (let from = plan.begin; from < end; from += slice) {
    options.signal?.throwIfAborted();
    const until = Math.min(end, Math.round(from + slice));
    for (const { simulation } of hosts) simulation.run(until);
    flushProxy();
    await setImmediate();
  }
  for (const { simulation } of hosts) simulation.finish();
  files.flush();
  for (const { simulation, record } of hosts) {
    const late = record?.story.faults.late;
    if (late) written.set(`${simulation.host.name}/sysmon-late.log`, late.arrival);
  }
  for (const [name, time] of written) setFileTime(join(folder, name), time);
  const stories = hosts.flatMap(({ simulation, record }) => (record ? [truthStory(record, simulation)] : []));
  truth.text('truth.json', `\n],\n"stories":${JSON.stringify(stories, undefined, 1)}}}\n`);
  truth.flush();
  return {
    folder,
    files: [...files.names(), ...truth.names()],
    events: files.lines,
    bytes: files.bytes + truth.bytes,
  };
}
