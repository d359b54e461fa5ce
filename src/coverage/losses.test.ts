import { describe, expect, test } from 'vitest';
import {
  channelLedger,
  drop,
  gap,
  hostLedger,
  LOG_BEGINS,
  LOG_ENDS,
  minute,
  recordedClass,
  recordIds,
  state,
} from '../../test/made-ledger.ts';
import type { EventClass } from '../events/event-class.ts';
import type { ChannelLedger } from './ledger.ts';
import { type Loss, lossesOf } from './losses.ts';

/** The losses of a channel, without those before and after the log that every channel has. */
function losses(said: Partial<ChannelLedger>, eventClass: EventClass = 'network'): readonly Loss[] {
  const channel = channelLedger(said);
  return lossesOf(hostLedger(channel), channel, eventClass).filter(
    ({ kind }) => kind !== 'before-log' && kind !== 'after-log',
  );
}

test('a channel of which nothing is missing has no losses but the times before and after it', () => {
  const channel = channelLedger();
  expect(losses({})).toEqual([]);
  expect(lossesOf(hostLedger(channel), channel, 'network')).toEqual([
    { kind: 'before-log', from: null, to: LOG_BEGINS - 1n, first: LOG_BEGINS },
    { kind: 'after-log', from: LOG_ENDS + 1n, to: null, last: LOG_ENDS },
  ]);
});

test('a log that is silent for minutes may be silent so long before and after, too', () => {
  const parts = channelLedger().parts.map((events, at) => (at >= 20 && at < 25 ? 0 : events));
  const channel = channelLedger({ parts });
  const [before, after] = lossesOf(hostLedger(channel), channel, 'network');
  expect(before?.to).toBe(minute(-5) - 1n);
  expect(after?.from).toBe(minute(65) + 1n);
});

test('a channel without any event that has a time has no edges', () => {
  const channel = channelLedger({ first: null, last: null });
  expect(lossesOf(hostLedger(channel), channel, 'network')).toEqual([]);
});

describe('record ids', () => {
  test('each gap is a loss of any class', () => {
    const one = gap(minute(10), minute(11));
    const ids = recordIds({ verdict: 'gaps', gaps: [one] });
    for (const eventClass of ['network', 'process-start'] as const)
      expect(losses({ recordIds: ids }, eventClass)).toEqual([
        { kind: 'gap', from: minute(10), to: minute(11), gap: one },
      ]);
  });

  test('gaps that are not listed may be at any time', () => {
    const ids = recordIds({ verdict: 'gaps', gapsLeftOut: 3 });
    expect(losses({ recordIds: ids })).toEqual([{ kind: 'gaps-not-listed', from: null, to: null, gaps: 3 }]);
  });
});

describe('drops', () => {
  test('of a class are a loss of that class, with their number', () => {
    const one = drop(minute(5), minute(9), 'NetworkConnect', ['network'], 7);
    expect(losses({ drops: [one] })).toEqual([
      { kind: 'dropped', from: minute(5), to: minute(9), drop: one, count: 7 },
    ]);
    expect(losses({ drops: [one] }, 'process-start')).toEqual([]);
  });

  test('of which no type is told may be of any class', () => {
    const one = drop(null, minute(9));
    expect(losses({ drops: [one] })).toEqual([
      { kind: 'dropped', from: null, to: minute(9), drop: one, count: undefined },
    ]);
  });

  test('reports that were not read lie before the oldest that was, or at any time', () => {
    const one = drop(minute(5), minute(9), 'ImageLoad', ['module-load']);
    expect(losses({ reportsLeftOut: 4, drops: [one] })).toEqual([
      { kind: 'reports-not-read', from: null, to: minute(9), reports: 4 },
    ]);
    expect(losses({ reportsLeftOut: 4 })).toEqual([
      { kind: 'reports-not-read', from: null, to: null, reports: 4 },
    ]);
  });
});

describe('a log that was cleared', () => {
  const clears = [{ time: minute(30), user: 'x', eventCode: '1102', eventId: 'c' }];

  test('lost nothing that was read before, as ids without a gap tell', () => {
    expect(losses({ clears })).toEqual([]);
  });

  test('may have lost what was before, where ids tell nothing or the log begins with it', () => {
    const lost = [{ kind: 'cleared', from: null, to: minute(30), at: minute(30) }];
    expect(losses({ clears, recordIds: recordIds({ verdict: 'filtered' }) })).toEqual(lost);
    expect(losses({ clears, first: minute(30) })).toEqual(lost);
    expect(losses({ clears, first: null })).toEqual(lost);
  });
});

describe('a sensor that was stopped', () => {
  test('records nothing until it is started', () => {
    const states = [
      state(minute(10), 'stopped'),
      state(minute(12), 'configured'),
      state(minute(20), 'started'),
    ];
    expect(losses({ states }).filter(({ kind }) => kind === 'stopped')).toEqual([
      { kind: 'stopped', from: minute(10), to: minute(20), at: minute(10) },
    ]);
  });

  test('where no start is told: until the channel has events again, as far as the grid tells', () => {
    const parts = channelLedger().parts.map((events, at) => (at > 10 && at < 40 ? 0 : events));
    expect(losses({ states: [state(minute(10), 'stopped')], parts })).toEqual([
      { kind: 'stopped', from: minute(10), to: minute(41), at: minute(10) },
    ]);
  });

  test('and for good, where nothing came after', () => {
    expect(losses({ states: [state(LOG_ENDS, 'stopped')] })).toEqual([
      { kind: 'stopped', from: LOG_ENDS, to: null, at: LOG_ENDS },
    ]);
  });

  test('a start, a configuration and an error alone are no loss', () => {
    const states = (['started', 'error', 'other', 'configured'] as const).map((change, at) =>
      state(minute(at), change),
    );
    expect(losses({ states, classes: [recordedClass('process-start')] })).toEqual([]);
  });
});

describe('another configuration', () => {
  const configured = [state(minute(20), 'configured'), state(minute(40), 'configured')];

  test('under which the class was not yet recorded', () => {
    const classes = [recordedClass('network', { first: minute(41) })];
    expect(losses({ states: configured, classes })).toEqual([
      { kind: 'other-configuration', from: null, to: minute(40), configured: minute(40) },
    ]);
  });

  test('under which it was no longer recorded', () => {
    const classes = [recordedClass('network', { last: minute(19) })];
    expect(losses({ states: configured, classes })).toEqual([
      { kind: 'other-configuration', from: minute(20), to: null, configured: minute(20) },
    ]);
  });

  test('matters to no class that was recorded all along', () => {
    expect(losses({ states: configured })).toEqual([]);
  });
});
