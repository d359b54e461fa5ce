import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import type { LossEvidence, LossWindow } from '../lineage/loss.ts';
import type { HostLedger, TimeSpan } from './ledger.ts';
import { type Loss, lossesOf } from './losses.ts';

const kindsOfLoss: Readonly<Record<Loss['kind'], LossWindow['why'] | undefined>> = {
  gap: 'gap',
  'gaps-not-listed': 'gap',
  dropped: 'drop',
  cleared: 'gap',
  stopped: 'stopped',
  'reports-not-read': 'drop',
  'other-configuration': 'stopped',
  // The lineage knows since when starts are collected, and asks for no time after the log.
  'before-log': undefined,
  'after-log': undefined,
};

/** Where arrivals usually take less than this, no part of a lineage is unsettled. Seconds. */
const promptArrival = 60;

/**
 * When process starts and ends may be missing on a host. Where two channels record them, only the times in which both may
 * have lost some count. `asOf` is the moment for which the lineage is built: what happened just before it may still arrive.
 */
export function lossEvidence(host: HostLedger, asOf?: Ticks): LossEvidence {
  const windows = [...windowsOf(host, 'process-start', 'starts'), ...windowsOf(host, 'process-end', 'ends')];
  const since = firstOf(host, 'process-start');
  const late = asOf === undefined ? undefined : lateWindow(host, asOf);
  return {
    windows: late === undefined ? joined(windows) : [...joined(windows), late],
    ...(since !== undefined && { startsSince: since }),
    endsCollected: firstOf(host, 'process-end') !== undefined,
  };
}

function firstOf(host: HostLedger, eventClass: EventClass): Ticks | undefined {
  const firsts = host.channels.flatMap(({ classes }) =>
    classes.flatMap((each) => (each.eventClass === eventClass && each.first !== null ? [each.first] : [])),
  );
  return firsts.reduce<Ticks | undefined>(
    (least, first) => (least === undefined || first < least ? first : least),
    undefined,
  );
}

interface Window {
  readonly from: Ticks;
  readonly to: Ticks;
  readonly why: LossWindow['why'];
}

function windowsOf(host: HostLedger, eventClass: EventClass, of: LossWindow['of']): readonly LossWindow[] {
  const channels = host.channels.filter(({ classes }) =>
    classes.some((each) => each.eventClass === eventClass && each.eventsEver > 0),
  );
  const { first, last } = host;
  if (first === null || last === null) return [];
  const within = ({ from, to }: TimeSpan): { readonly from: Ticks; readonly to: Ticks } => ({
    from: from === null || from < first ? first : from,
    to: to === null || to > last ? last : to,
  });
  const each = channels.map((channel) =>
    apartByKind(
      lossesOf(host, channel, eventClass).flatMap((loss): readonly Window[] => {
        const why = kindsOfLoss[loss.kind];
        const span = within(loss);
        return why === undefined || span.from > span.to ? [] : [{ ...span, why }];
      }),
    ),
  );
  const [head = [], ...rest] = each;
  const found = rest.length === 0 ? head : rest.map(merged).reduce(bothOf, merged(head));
  return found.map((window) => ({ ...window, of }));
}

/** Windows of which none overlaps another of its kind. */
function apartByKind(windows: readonly Window[]): readonly Window[] {
  return [...new Set(windows.map(({ why }) => why))].flatMap((kind) =>
    merged(windows.filter(({ why }) => why === kind)),
  );
}

/** Windows in order and without overlap; one of several kinds keeps the kind of its first part. */
function merged(windows: readonly Window[]): readonly Window[] {
  const sorted = [...windows].sort((one, other) =>
    one.from < other.from ? -1 : one.from > other.from ? 1 : 0,
  );
  const apart: Window[] = [];
  for (const window of sorted) {
    const before = apart.at(-1);
    if (before === undefined || before.to < window.from) apart.push(window);
    else if (window.to > before.to) apart[apart.length - 1] = { ...before, to: window.to };
  }
  return apart;
}

/** The times that lie in windows of both lists, each in order and without overlap. */
function bothOf(ones: readonly Window[], others: readonly Window[]): readonly Window[] {
  const found: Window[] = [];
  let at = 0;
  for (const one of ones) {
    while (at < others.length && (others[at]?.to ?? 0n) < one.from) at++;
    for (let next = at; next < others.length; next++) {
      const other = others[next];
      if (other === undefined || other.from > one.to) break;
      const from = one.from > other.from ? one.from : other.from;
      found.push({ from, to: one.to < other.to ? one.to : other.to, why: one.why });
    }
  }
  return found;
}

/** A window of starts and one of ends that are the same become one of both. */
function joined(windows: readonly LossWindow[]): readonly LossWindow[] {
  const found = new Map<string, LossWindow>();
  for (const window of windows) {
    const key = `${window.from} ${window.to} ${window.why}`;
    const known = found.get(key);
    found.set(key, known === undefined || known.of === window.of ? window : { ...known, of: 'both' });
  }
  return [...found.values()].sort((one, other) =>
    one.from < other.from ? -1 : one.from > other.from ? 1 : 0,
  );
}

/** Events of the last moments before `asOf`, by the host's usual lateness. */
function lateWindow(host: HostLedger, asOf: Ticks): LossWindow | undefined {
  const usual = host.channels
    .filter(({ classes }) => classes.some(({ eventClass }) => eventClass === 'process-start'))
    .map(({ lateness }) => (lateness.kind === 'measured' ? lateness.p99 : 0));
  const seconds = Math.max(0, ...usual);
  if (seconds <= promptArrival) return undefined;
  return { from: asOf - BigInt(Math.round(seconds)) * TICKS_PER_SECOND, to: asOf, of: 'both', why: 'late' };
}
