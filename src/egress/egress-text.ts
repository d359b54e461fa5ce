import { terminalText } from '../core/terminal-text.ts';
import type { Ticks } from '../core/ticks.ts';
import { reasonTexts } from '../coverage/answer-text.ts';
import type { Destination, DestinationProcess } from './destinations.ts';
import { isExplained } from './destinations.ts';
import type { EgressView } from './egress-view.ts';
import {
  againstTexts,
  forText,
  offsetText,
  processText,
  spanText,
  standingText,
  tierTexts,
} from './match-text.ts';
import { ticksOf } from './milliseconds.ts';
import type { JoinedConnection } from './read-egress.ts';
import type { Repetition } from './repetition.ts';
import { coverageOfLife, sensorAnswer, type Unrecorded } from './unrecorded.ts';
import { unrecordedText, unrecordedVerdict } from './unrecorded-text.ts';
import { bitsText, verdictCodes, verdictNames } from './verdict.ts';

/** How moments are written, and how much of them. */
export interface EgressTextOptions {
  /** `2024-05-14 09:42:18.412`. */
  readonly clock: (time: Ticks) => string;
  readonly zone: string;
  /** Destinations of a part, and connections, that are listed one by one. */
  readonly limit: number;
}

const mostProcesses = 12;
const widestName = 44;

/** The answer as lines: what it rests on, destinations (those that no process explains first), then connections if a part was asked for. */
export function* egressText(view: EgressView, options: EgressTextOptions): Generator<string> {
  yield* head(view, options);
  yield* processHeads(view, options);
  const { destinations, selection } = view;
  const open = destinations.filter((each) => each.unexplained > 0);
  const rest = destinations.filter((each) => each.unexplained === 0);
  if (open.length > 0) {
    yield '';
    const unexplained = total(open);
    yield unexplained === 1
      ? 'Not explained: of 1 connection no process was recorded making it or naming its destination'
      : `Not explained: of ${countText(unexplained)} connections no process was recorded making them or naming their destination`;
    yield* destinationLines(open, view, options);
  }
  if (rest.length > 0) {
    yield '';
    yield 'Explained by a process:';
    yield* destinationLines(rest, view, options);
  }
  if (selection.process !== undefined || selection.destination !== undefined) {
    yield* unrecordedLines(view.unrecorded, options);
    yield* connectionLines(view, options);
  } else if (view.unrecorded.length > 0) {
    yield '';
    yield `Without a record of a proxy: ${unrecordedCounts(view.unrecorded)}; keizu egress --process or --dest lists them`;
  }
  yield* legend(view);
}

function total(destinations: readonly Destination[]): number {
  return destinations.reduce((sum, { unexplained }) => sum + unexplained, 0);
}

function* head({ egress, connections }: EgressView, { clock, zone }: EgressTextOptions): Generator<string> {
  const of = egress.host === undefined ? 'all hosts' : terminalText(egress.host);
  const all = egress.connections.length;
  const some = connections.length === all ? '' : `${countText(connections.length)} of `;
  const records = `${some}${countText(all)} ${all === 1 ? 'record' : 'records'}`;
  const [first] = connections;
  const last = connections.at(-1);
  const when =
    first === undefined || last === undefined
      ? ''
      : `, ${clock(first.connection.time)} to ${clock(last.connection.time)} ${zone}`;
  yield `Connections of ${of}: ${records} of proxies and networks${when}`;
  if (egress.host !== undefined) {
    const addresses = [...egress.book.addresses].filter((each) =>
      egress.book.hostsEver(each).includes(egress.host ?? ''),
    );
    yield addresses.length === 0
      ? '  nothing tells which address it had: none of the records can be its own'
      : `  its addresses: ${addresses
          .slice(0, 6)
          .map((each) => terminalText(each))
          .join(', ')}${addresses.length > 6 ? ` and ${addresses.length - 6} more` : ''}`;
  }
  const logs = new Set(egress.connections.map(({ connection }) => connection.proxy));
  for (const log of logs) {
    const listens = [...(egress.join.endpoints.get(log) ?? [])].map((each) => each.replace(' ', ':'));
    const measured = [...egress.join.clocks].filter(
      ([key, { basis }]) => key.endsWith(`\n${log}`) && basis === 'measured',
    );
    const clocks = measured.map(
      ([key, { offset, spread, pairs }]) =>
        `${egress.host === undefined ? `${key.split('\n')[0]} ` : ''}${offsetText(offset)} (±${spanText(spread)}, ${countText(pairs)} pairs)`,
    );
    const clockWords =
      clocks.length === 0
        ? `its clock is taken to agree (${unmeasuredText(egress, log)})`
        : `its clock against the sensor's: ${clocks.slice(0, 3).join(', ')}`;
    yield terminalText(
      `  log ${log}: ${listens.length === 0 ? 'where it listens is not known' : `listens at ${listens.join(', ')}`}; ${clockWords}`,
    );
  }
  if (logs.size > 0) return;
  const ever = egress.host === undefined ? undefined : egress.logs.get(egress.host);
  yield ever === undefined
    ? '  no log of a proxy or network ever has a record of it: what it connected to was not collected, or it was nothing'
    : `  nothing of it is recorded in this range; at other times it is, by the log of ${[...ever].map((each) => terminalText(each)).join(', ')}`;
}

/** Why the clock of a log was not measured. */
function unmeasuredText({ join }: EgressView['egress'], log: string): string {
  const pairs = [...join.clocks]
    .filter(([key]) => key.endsWith(`\n${log}`))
    .reduce((sum, [, clock]) => sum + clock.pairs, 0);
  return pairs === 0
    ? 'nothing to measure it by'
    : `${countText(pairs)} ${pairs === 1 ? 'pair' : 'pairs'} of address and port: too few, or they do not agree`;
}

/** Who was asked for, and whether its sensor can have missed connections. */
function* processHeads(view: EgressView, { clock, zone }: EgressTextOptions): Generator<string> {
  if (view.selection.process === undefined) return;
  if (view.processes.length === 0) yield `  no process is called ${terminalText(view.selection.process)}`;
  for (const process of view.processes.slice(0, mostProcesses)) {
    const start = process.start === undefined ? 'start not seen' : clock(ticksOf(process.start));
    const end = process.end === undefined ? '' : ` to ${clock(ticksOf(process.end))}`;
    yield '';
    yield terminalText(
      `${process.image ?? 'a process'} (${process.pid ?? '?'}), ${start}${end} ${zone}, on ${process.host}`,
    );
    const answer = sensorAnswer(view.egress, process);
    const reasons = reasonTexts(answer, clock).join('; ');
    yield terminalText(`  connections by its own sensor: ${answer.kind.replace('-', ' ')}: ${reasons}`);
    const covered = coverageOfLife(view.egress, process);
    if (covered !== undefined) yield `  proxy logs in its life: ${covered.replace('-', ' ')}`;
  }
  if (view.processes.length > mostProcesses)
    yield `  and ${view.processes.length - mostProcesses} more processes of that name; a process id or a GUID names one`;
}

function* destinationLines(
  destinations: readonly Destination[],
  { egress }: EgressView,
  { clock, limit }: EgressTextOptions,
): Generator<string> {
  const shown = destinations.slice(0, limit);
  const names = shown.map(nameOf);
  const width = Math.min(widestName, Math.max(...names.map((name) => name.length)));
  const counts = shown.map(({ connections }) => countText(connections.length));
  const countWidth = Math.max(...counts.map((count) => count.length));
  const hosts = egress.host === undefined || destinations.some(({ host }) => host !== egress.host);
  for (const [at, each] of shown.entries()) {
    const first = each.connections[0]?.connection.time ?? 0n;
    const last = each.connections.at(-1)?.connection.time ?? 0n;
    const when =
      first === last
        ? clock(first).slice(0, 19)
        : `${clock(first).slice(0, 19)} - ${endText(first, last, clock)}`;
    const host = hosts ? `  ${terminalText(each.host ?? 'host not known')}` : '';
    yield `  ${(names[at] ?? '').padEnd(width)}  ${(counts[at] ?? '').padStart(countWidth)}  ${verdictMix(each).padEnd(12)}  ${when}${host}`;
    const [process, ...others] = each.processes;
    const indent = ' '.repeat(6);
    if (process === undefined) yield `${indent}by no process that is known`;
    else {
      const more =
        others.length === 0
          ? ''
          : `; and ${others.length} other ${others.length === 1 ? 'process' : 'processes'}`;
      yield terminalText(`${indent}${joinedText(process, each)}${more}`);
    }
    const repetition = process === undefined ? each.repetition : process.repetition;
    if (repetition !== undefined && repetition.median >= briefest)
      yield `${indent}${process === undefined || others.length === 0 ? '' : `${processText(process.process)}: `}${repetitionText(repetition)}`;
    if (each.unexplained > 0 && each.unexplained < each.connections.length)
      yield `${indent}${countText(each.unexplained)} of them by no process that was recorded`;
  }
  if (destinations.length > limit)
    yield `  and ${countText(destinations.length - limit)} more destinations; --limit shows more`;
}

/** A later moment; its day only where it is another. */
function endText(first: Ticks, last: Ticks, clock: EgressTextOptions['clock']): string {
  const end = clock(last).slice(0, 19);
  return end.slice(0, 10) === clock(first).slice(0, 10) ? end.slice(11) : end;
}

/** What comes back sooner than this is one visit. */
const briefest = 1_000;

function joinedText(
  { process, tiers, connections, decided, competing }: DestinationProcess,
  all: Destination,
): string {
  const part = connections === all.connections.length ? '' : ` for ${countText(connections)}`;
  const among =
    competing === 0
      ? 'nothing speaks for another'
      : decided === 0
        ? `undecided among ${competing + 1}`
        : `likeliest of ${competing + 1}`;
  const used = ([1, 2, 3] as const).filter((tier) => tiers[tier] > 0);
  const tierWords =
    used.length === 1
      ? `tier ${used[0]}`
      : used.map((tier) => `tier ${tier} for ${countText(tiers[tier])}`).join(', ');
  return `${processText(process)}${part}: ${tierWords}, ${among}`;
}

function nameOf({ name, port }: Destination): string {
  if (name === undefined) return 'no destination named';
  const host = name.includes(':') ? `[${name}]` : name;
  return terminalText(port === undefined ? host : `${host}:${port}`);
}

/** `8 C, 1 F`: what proves most first; `8 C (2 from a cache)`. */
function verdictMix({ verdicts, cached }: Destination): string {
  const mix = verdictCodes
    .flatMap((code) => (verdicts.has(code) ? [`${countText(verdicts.get(code) ?? 0)} ${code}`] : []))
    .join(', ');
  return cached === 0 ? mix : `${mix} (${countText(cached)} from a cache)`;
}

function repetitionText({ median, variation, deviation, bytes, span }: Repetition): string {
  const size =
    bytes === undefined
      ? ''
      : `; ${countText(Math.round(bytes.median))} bytes to the client, ±${countText(Math.round(bytes.deviation))}`;
  return `every ${spanText(median)} ±${spanText(deviation)} over ${spanText(span)} (variation ${variation.toFixed(2)}; a clock has 0, chance 1)${size}`;
}

function* unrecordedLines(
  unrecorded: readonly Unrecorded[],
  { clock, limit }: EgressTextOptions,
): Generator<string> {
  if (unrecorded.length === 0) return;
  yield '';
  yield 'Without a record of a proxy:';
  for (const each of unrecorded.slice(0, limit)) {
    const name = each.port === undefined ? each.destination : `${each.destination}:${each.port}`;
    const times = each.times === 1 ? '' : `, ${countText(each.times)} times`;
    yield terminalText(
      `  ${clock(ticksOf(each.first)).slice(0, 19)}  ${name}${times}, ${processText(each.process)}: ${unrecordedText(each)}`,
    );
  }
  if (unrecorded.length > limit)
    yield `  and ${countText(unrecorded.length - limit)} more; --limit shows more`;
}

/** `12 name looked up only, 3 tried`. */
function unrecordedCounts(unrecorded: readonly Unrecorded[]): string {
  const counts = new Map<string, number>();
  for (const each of unrecorded) {
    const name = unrecordedVerdict(each);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${countText(count)} ${name}`).join(', ');
}

function* connectionLines(
  { connections, egress }: EgressView,
  { clock, limit }: EgressTextOptions,
): Generator<string> {
  if (connections.length === 0) return;
  yield '';
  yield 'Each connection:';
  for (const joined of connections.slice(0, limit))
    yield* connectionText(joined, egress.events.processes, clock);
  if (connections.length > limit)
    yield `  and ${countText(connections.length - limit)} more; --limit shows more`;
}

function* connectionText(
  { connection, match }: JoinedConnection,
  processes: EgressView['processes'],
  clock: (time: Ticks) => string,
): Generator<string> {
  const { verdict } = connection;
  yield terminalText(
    `  ${clock(connection.time)}  ${verdict.code} ${verdictNames[verdict.code]}  ${connection.method ?? ''} ${connection.url ?? connection.destination ?? ''}`.trimEnd(),
  );
  yield terminalText(`      ${[verdict.reason, bitsText(verdict), ...answerTexts(connection)].join('; ')}`);
  const [candidate] = match.candidates;
  const process = processes[candidate?.process ?? -1];
  if (candidate === undefined || process === undefined) {
    yield match.hosts.length === 0
      ? '      nothing tells which host had the address'
      : '      no process: nothing speaks for any that was alive';
    return;
  }
  const reasons = [
    ...candidate.for.map(forText),
    ...candidate.against.map((each) => `but ${againstTexts[each]}`),
  ];
  const doubt = match.hostSure ? '' : ` (the address may be of ${match.hosts.join(' or ')})`;
  yield terminalText(`      ${processText(process)}, ${standingText(match)}${doubt}: ${reasons.join('; ')}`);
  if (match.competing === 0) return;
  const others = match.candidates.slice(1).flatMap(({ process: at }) => processes[at] ?? []);
  const left = match.competing - others.length;
  const more = left > 0 ? ` and ${countText(left)} more` : '';
  yield terminalText(`      competing: ${others.map(processText).join(', ')}${more}`);
}

/** The size and the type of what the client was handed, where an answer was. */
function answerTexts({ verdict, bytesIn, contentType }: JoinedConnection['connection']): readonly string[] {
  if (verdict.code !== 'C') return [];
  const size = bytesIn === undefined ? undefined : `${countText(bytesIn)} bytes to the client`;
  const said = [contentType, size].filter((each) => each !== undefined);
  return said.length === 0 ? [] : [said.join(', ')];
}

/** Only codes and tiers that occur are told. */
function* legend({ destinations, connections }: EgressView): Generator<string> {
  const used = verdictCodes.filter((code) => destinations.some(({ verdicts }) => verdicts.has(code)));
  const tiers = ([1, 2, 3] as const).filter((tier) => connections.some(({ match }) => match.tier === tier));
  if (used.length === 0) return;
  yield '';
  yield used.map((code) => `${code} ${verdictNames[code]}`).join(' · ');
  if (tiers.length > 0) yield tiers.map((tier) => `tier ${tier}: ${tierTexts[tier]}`).join(' · ');
  if (connections.some(({ match }) => !isExplained(match) && match.tier === 3))
    yield 'What only the times of a process speak for is a candidate, and explains nothing.';
}

function countText(count: number): string {
  return count.toLocaleString('en-US');
}
