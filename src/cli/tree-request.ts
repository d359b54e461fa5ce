import { type Ticks, ticksOfMilliseconds } from '../core/ticks.ts';
import type { NaiveMethod } from '../lineage/naive-lineage.ts';
import type { ProcessQuery } from '../lineage/select-family.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { type CommandClock, checkTimezone, readMomentOption } from './moment-option.ts';

/** What `keizu tree` was given. */
export interface TreeOptions {
  readonly host: string;
  readonly match?: string;
  readonly pid?: number;
  readonly at?: string;
  readonly guid?: string;
  readonly asOf?: string;
  readonly diff?: string;
  readonly compare?: 'naive' | 'latest-start';
  readonly evidence?: true;
  readonly format: 'text' | 'json' | 'csv';
  readonly timezone: string;
  readonly store?: string;
}

/** What is to be shown, with its moments read. */
export interface TreeRequest {
  readonly host: string;
  readonly query: ProcessQuery;
  readonly asOf: Ticks | undefined;
  readonly difference: { readonly from: Ticks; readonly to: Ticks } | undefined;
  readonly compare: NaiveMethod | undefined;
  readonly evidence: boolean;
  readonly clock: CommandClock;
}

/** Reads the options; what makes no sense ends the command as wrong usage. */
export function readTreeRequest(options: TreeOptions): TreeRequest {
  const clock = { timezone: checkTimezone(options.timezone), now: ticksOfMilliseconds(Date.now()) };
  return {
    host: options.host,
    query: queryOf(options, clock),
    asOf: options.asOf === undefined ? undefined : readMomentOption('as-of', options.asOf, clock),
    difference: options.diff === undefined ? undefined : readMoments(options.diff, clock),
    compare: options.compare && (options.compare === 'naive' ? 'first' : 'latest'),
    evidence: options.evidence === true,
    clock,
  };
}

function queryOf({ match, pid, at, guid }: TreeOptions, clock: CommandClock): ProcessQuery {
  if (at !== undefined && pid === undefined) throw wrongUsage('--at goes with --pid');
  if (match === '') throw wrongUsage('--match needs a text');
  if (match !== undefined) return { kind: 'text', text: match };
  if (guid !== undefined) return { kind: 'guid', guid };
  if (pid === undefined) return { kind: 'all' };
  return { kind: 'pid', pid, at: at === undefined ? undefined : readMomentOption('at', at, clock) };
}

function readMoments(text: string, clock: CommandClock): { from: Ticks; to: Ticks } {
  const [from, to, more] = text.split('..');
  if (from === undefined || to === undefined || more !== undefined || from === '' || to === '')
    throw wrongUsage(
      '--diff needs two times with two dots between: 2024-05-14T10:30:00Z..2024-05-14T11:00:00Z',
    );
  const moments = { from: readMomentOption('diff', from, clock), to: readMomentOption('diff', to, clock) };
  if (moments.from >= moments.to) throw wrongUsage('--diff: the first time must be before the second');
  return moments;
}

function wrongUsage(message: string): CommandFailure {
  return new CommandFailure(`keizu: ${message}.`, exitStatus.wrongUsage);
}
