import type { Ticks } from '../core/ticks.ts';
import type { LogCleared, SensorDrop, SensorState } from './ledger.ts';
import type { ReportRow } from './report-query.ts';
import { sensorDrops } from './sensor-drops.ts';

/** What the logs and sensors say of one channel. */
export interface ChannelReports {
  readonly drops: readonly SensorDrop[];
  readonly states: readonly SensorState[];
  /** Clears of this channel, whichever channel tells them. */
  readonly clears: readonly LogCleared[];
  /** Clears that stand in this channel, whichever channel they are of. */
  readonly clearsTold: number;
}

export const noReports: ChannelReports = { drops: [], states: [], clears: [], clearsTold: 0 };

/**
 * Sorts reports by host and channel; keys are `host`, a line feed and the channel. `firsts` are the times of the channels'
 * first events.
 */
export function reportsByChannel(
  rows: readonly ReportRow[],
  firsts: ReadonlyMap<string, Ticks | null>,
): ReadonlyMap<string, ChannelReports> {
  const drops = new Map<string, ReportRow[]>();
  const states = new Map<string, SensorState[]>();
  const clears = new Map<string, LogCleared[]>();
  const told = new Map<string, number>();
  for (const row of rows) {
    const key = `${row.host}\n${row.channel}`;
    if (row.eventClass === 'sensor-drop') push(drops, key, row);
    else if (row.eventClass === 'sensor-state') push(states, key, sensorState(row));
    else if (row.eventClass === 'log-cleared') {
      told.set(key, (told.get(key) ?? 0) + 1);
      const { time, eventCode, eventId, user } = row;
      push(clears, `${row.host}\n${row.about}`, { time, eventCode, eventId, user: user || undefined });
    }
  }
  const keys = new Set([...drops.keys(), ...states.keys(), ...clears.keys(), ...told.keys()]);
  const found = new Map<string, ChannelReports>();
  for (const key of keys) {
    const statesHere = inOrder(states.get(key) ?? []);
    const starts = statesHere.filter(({ change }) => change === 'started').map(({ time }) => time);
    found.set(key, {
      drops: sensorDrops(drops.get(key) ?? [], starts, firsts.get(key) ?? null),
      states: statesHere,
      clears: inOrder(clears.get(key) ?? []),
      clearsTold: told.get(key) ?? 0,
    });
  }
  return found;
}

function sensorState(row: ReportRow): SensorState {
  const { time, eventCode, eventId } = row;
  const change = changeOf(row);
  const text = (row.description || row.configuration || row.state).trim();
  return { time, change, text, eventCode, eventId };
}

function changeOf({ product, eventCode, state }: ReportRow): SensorState['change'] {
  if (product === 'sysmon') {
    if (eventCode === '16') return 'configured';
    if (eventCode === '255') return 'error';
    if (/^start/i.test(state)) return 'started';
    return /^stop/i.test(state) ? 'stopped' : 'other';
  }
  if (eventCode === '1100') return 'stopped';
  return eventCode === '4719' ? 'configured' : 'other';
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

function inOrder<Value extends { readonly time: Ticks }>(values: readonly Value[]): readonly Value[] {
  return [...values].sort((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0));
}
