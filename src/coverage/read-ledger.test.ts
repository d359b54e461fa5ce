import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIsoTicks, TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import type { EventClass } from '../events/event-class.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store, StoredEvent } from '../store/store.ts';
import { answerQuestion } from './answer.ts';
import { answerText } from './answer-text.ts';
import type { ChannelLedger, HostLedger, Ledger } from './ledger.ts';
import { lossEvidence } from './loss-evidence.ts';
import { readHosts } from './read-hosts.ts';
import { readLedger } from './read-ledger.ts';

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const begin = parseIsoTicks('2024-05-14T08:00:00Z') ?? 0n;
const minutes = (count: number): Ticks => begin + BigInt(Math.round(count * 60)) * TICKS_PER_SECOND;
const clock = (time: Ticks): string => new Date(Number(time / 10_000n)).toISOString().slice(11, 19);

interface Made {
  readonly host: string;
  readonly channel?: string;
  readonly product?: string;
  readonly eventClass: EventClass;
  readonly code?: string;
  readonly time: Ticks;
  readonly id?: number | undefined;
  readonly arrival?: Ticks;
  readonly fields?: Event['fields'];
  readonly origin?: string;
  readonly source?: string;
  readonly timeSource?: string;
}

let made = 0;
const ingestMoment = parseIsoTicks('2026-01-01T00:00:00Z') ?? 0n;

function event(of: Made): StoredEvent {
  const { host, channel = SYSMON, product = 'sysmon', eventClass, code = '1', time, id, fields = {} } = of;
  const fingerprint = Buffer.alloc(16);
  fingerprint.writeUInt32LE(++made);
  return {
    event: {
      time,
      timeSource: of.timeSource ?? 'UtcTime',
      host,
      source: of.source ?? `XmlWinEventLog:${channel}`,
      sourcetype: 'XmlWinEventLog',
      product,
      eventClass,
      raw: '<Event/>',
      fields: {
        EventCode: code,
        ...(channel === '' ? {} : { Channel: channel }),
        ...(id !== undefined && { EventRecordID: String(id) }),
        ...fields,
      },
    },
    index: 'main',
    arrival: of.arrival ?? ingestMoment,
    origin: of.origin ?? `${host}.log`,
    offset: made,
    fingerprint,
  };
}

/** Process starts, one a minute, with record ids from `firstId`; `skip` says of which place none arrives. */
function starts(
  host: string,
  count: number,
  more: Partial<Made> = {},
  skip = (_: number) => false,
): StoredEvent[] {
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => !skip(at))
    .map((at) => event({ host, eventClass: 'process-start', time: minutes(at), id: 1_000 + at, ...more }));
}

const withoutIds = { id: undefined };
const security = { channel: 'Security', product: 'windows-security', code: '4688' };

const events: readonly StoredEvent[] = [
  // A log with one gap, drops, a start of the sensor, and a change of its configuration before which nothing was on the net.
  ...starts('gaps', 100, {}, (at) => at >= 40 && at < 45),
  event({
    host: 'gaps',
    eventClass: 'sensor-state',
    code: '4',
    time: minutes(10.5),
    id: 1_100,
    fields: { State: 'Started' },
  }),
  event({
    host: 'gaps',
    eventClass: 'sensor-drop',
    code: '255',
    time: minutes(20),
    id: 1_101,
    fields: { ID: 'QUEUE', Description: 'Events dropped from driver queue: NetworkConnect:12 ImageLoad:1' },
  }),
  event({
    host: 'gaps',
    eventClass: 'sensor-state',
    code: '16',
    time: minutes(60),
    id: 1_102,
    fields: { Configuration: 'C:\\sysmon.xml' },
  }),
  event({ host: 'gaps', eventClass: 'network', code: '3', time: minutes(70), id: 1_103 }),
  event({ host: 'gaps', eventClass: 'registry', code: '13', time: minutes(2), id: 1_104 }),
  event({ host: 'gaps', eventClass: 'registry', code: '13', time: minutes(98), id: 1_105 }),
  // Both sensors; only one of them has the gap.
  ...starts('both', 100, {}, (at) => at >= 40 && at < 45),
  ...starts('both', 100, security),
  ...starts('both', 1, { channel: 'Security', product: 'windows-security', code: '4663', id: 1_100 }).map(
    (stored) => ({
      ...stored,
      event: { ...stored.event, eventClass: 'file-access' as const },
    }),
  ),
  // A shipper that leaves every fifth event out; one that gives no ids; some ids; a collector's log.
  ...starts('filtered', 100, {}, (at) => at % 5 === 0),
  ...starts('no-ids', 30, withoutIds),
  ...starts('some-ids', 30),
  ...starts('some-ids', 3, withoutIds),
  ...starts('forwarded', 40, { source: 'XmlWinEventLog:ForwardedEvents' }, (at) => at === 9),
  // Another machine of that name, or a log that was made anew.
  ...starts('again', 40),
  ...starts('again', 40).map((stored) => ({
    ...stored,
    event: { ...stored.event, time: stored.event.time + 86_400n * TICKS_PER_SECOND },
  })),
  // The same events in another form.
  ...starts('twice', 30),
  ...starts('twice', 30, { origin: 'twice.xml' }),
  // System tells that another log was cleared; the log itself tells of its own.
  ...starts('cleared', 30, { channel: 'System', product: 'windows', code: '7036' }, (at) => at === 20),
  event({
    host: 'cleared',
    channel: 'Application',
    product: 'windows',
    eventClass: 'log-cleared',
    code: '104',
    time: minutes(20),
    id: 1_020,
    fields: { user: 'mallory' },
  }),
  event({
    host: 'cleared',
    channel: 'Application',
    product: 'windows',
    eventClass: 'other',
    time: minutes(25),
    id: 7,
  }),
  event({ host: 'cleared', ...security, eventClass: 'log-cleared', code: '1102', time: minutes(5), id: 90 }),
  event({
    host: 'cleared',
    channel: 'Setup',
    product: 'windows',
    eventClass: 'log-cleared',
    code: '104',
    time: minutes(31),
    id: 1_030,
  }),
  // The event log was stopped, and audit events were dropped.
  ...starts('stopped', 20, security),
  event({
    host: 'stopped',
    ...security,
    eventClass: 'sensor-state',
    code: '1100',
    time: minutes(19.5),
    id: 1_020,
  }),
  event({ host: 'stopped', ...security, eventClass: 'process-start', time: minutes(90), id: 1_021 }),
  event({
    host: 'stopped',
    ...security,
    eventClass: 'sensor-drop',
    code: '1101',
    time: minutes(91),
    id: 1_022,
  }),
  // Events as they came in; three of them half an hour late.
  ...Array.from({ length: 200 }, (_, at) =>
    event({
      host: 'live',
      eventClass: 'process-start',
      time: minutes(at),
      id: at,
      arrival: minutes(at >= 50 && at < 53 ? 85 : at) + 2n * TICKS_PER_SECOND,
    }),
  ),
  // No channel, no time of its own.
  event({
    host: 'proxy',
    channel: '',
    product: 'generic',
    eventClass: 'other',
    source: '/var/log/access.log',
    time: ingestMoment,
    timeSource: 'arrival',
  }),
  event({
    host: 'proxy',
    channel: '',
    product: 'generic',
    eventClass: 'other',
    source: '/var/log/access.log',
    time: minutes(1),
  }),
];

const folder = mkdtempSync(join(tmpdir(), 'keizu-coverage-'));
let store: Store;
let ledger: Ledger;
beforeAll(async () => {
  store = await openEmbeddedStore(join(folder, 'store'));
  await store.write(events);
  const fault = { kind: 'fault', code: 'truncated', message: 'cut off', offset: 7 } as const;
  await store.quarantine([
    { fault, origin: 'gaps.log', arrival: ingestMoment, index: 'main' },
    { fault: { ...fault, offset: 9 }, origin: 'gaps.log', arrival: ingestMoment, index: 'main' },
    { fault, origin: 'nothing.evtx', arrival: ingestMoment, index: 'main' },
  ]);
  ledger = await readLedger(store);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function hostOf(name: string, of: Ledger = ledger): HostLedger {
  const host = of.hosts.find((each) => each.host === name);
  if (host === undefined) throw new Error(`no ${name}`);
  return host;
}

function channelOf(host: string, channel = SYSMON, of: Ledger = ledger): ChannelLedger {
  const found = hostOf(host, of).channels.find((each) => each.channel === channel);
  if (found === undefined) throw new Error(`no ${channel} of ${host}`);
  return found;
}

describe('what was collected', () => {
  test('by host, channel and class, with first, last and the time between', () => {
    const { classes, events: count, first, last, parts } = channelOf('gaps');
    const found = classes.find(({ eventClass }) => eventClass === 'process-start');
    expect(found).toMatchObject({ product: 'sysmon', events: 95, first: minutes(0), last: minutes(99) });
    expect([count, first, last]).toEqual([101, minutes(0), minutes(99)]);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(101);
    expect(parts.slice(20, 22)).toEqual([0, 1]);
  });

  test('an event without a time of its own is in no part of time', () => {
    const channel = channelOf('proxy', '/var/log/access.log');
    expect([channel.events, channel.untimed, channel.last]).toEqual([2, 1, minutes(1)]);
    expect(channel.neverSeen).toEqual([]);
  });

  test('what a product could have recorded and never did', () => {
    const never = channelOf('gaps').neverSeen;
    expect(never.find(({ eventClass }) => eventClass === 'dns')).toMatchObject({
      byDefault: 'off',
      seldom: false,
    });
    expect(never.find(({ eventClass }) => eventClass === 'process-end')).toMatchObject({ byDefault: 'on' });
    expect(never.some(({ eventClass }) => eventClass === 'registry')).toBe(false);
  });

  test('counts and the grid are of the range, the rest of all times', async () => {
    const part = await readLedger(store, { hosts: ['gaps'], earliest: minutes(50), latest: minutes(98) });
    expect(hostOf('gaps', part)).toMatchObject({ events: 50, eventsEver: 101 });
    expect(hostOf('gaps', part).grid).toMatchObject({ from: minutes(50), parts: 48 });
    const channel = channelOf('gaps', SYSMON, part);
    expect(channel.classes.find(({ eventClass }) => eventClass === 'registry')).toMatchObject({
      events: 0,
      eventsEver: 2,
      first: minutes(2),
    });
    expect(channel.parts.reduce((sum, count) => sum + count, 0)).toBe(50);
    expect([channel.recordIds.gaps.length, channel.drops.length]).toEqual([1, 1]);
  });

  test('as of a moment: only what had arrived', async () => {
    const then = await readLedger(store, { hosts: ['live'], asOf: minutes(60) });
    expect(hostOf('live', then).events).toBe(57);
    expect(channelOf('live', SYSMON, then).recordIds).toMatchObject({ verdict: 'gaps' });
    expect(channelOf('live').recordIds.verdict).toBe('contiguous');
  });

  test('hosts', async () => {
    expect(await readHosts(store)).toContain('some-ids');
    expect((await readLedger(store, { hosts: ['nobody'] })).hosts).toEqual([]);
  });
});

describe('record ids', () => {
  test('a gap, with its ids and the times around it', () => {
    expect(channelOf('gaps').recordIds).toMatchObject({
      verdict: 'gaps',
      gaps: [{ firstMissing: '1040', lastMissing: '1044', missing: 5n, from: minutes(39), to: minutes(45) }],
    });
  });

  test('where they tell nothing, it is said why', () => {
    const verdicts = ['filtered', 'no-ids', 'some-ids', 'forwarded', 'again', 'twice'].map(
      (host) => channelOf(host).recordIds.verdict,
    );
    expect(verdicts).toEqual(['filtered', 'none', 'partly', 'forwarded', 'restarted', 'contiguous']);
    expect(channelOf('twice').recordIds.figures).toMatchObject({ ids: 30, repeated: 30 });
  });

  test('a 104 has an id of the System log, whichever log was cleared', () => {
    expect(channelOf('cleared', 'System').recordIds.verdict).toBe('contiguous');
    expect(channelOf('cleared', 'Application').recordIds.figures.withId).toBe(1);
  });
});

describe('what logs and sensors say of themselves', () => {
  test('drops, by type, since the start of the sensor', () => {
    expect(channelOf('gaps').drops).toMatchObject([
      {
        from: minutes(10.5),
        to: minutes(20),
        since: 'start',
        counts: [
          { type: 'NetworkConnect', count: 12 },
          { type: 'ImageLoad', count: 1 },
        ],
      },
    ]);
  });

  test('starts, stops and changes of the configuration', () => {
    expect(channelOf('gaps').states.map(({ change, text }) => [change, text])).toEqual([
      ['started', 'Started'],
      ['configured', 'C:\\sysmon.xml'],
    ]);
    expect(channelOf('stopped', 'Security').states).toMatchObject([{ change: 'stopped', eventCode: '1100' }]);
    expect(channelOf('stopped', 'Security').drops).toMatchObject([
      { eventCode: '1101', counts: [], since: 'event-before' },
    ]);
    const { from } = channelOf('stopped', 'Security').drops[0] ?? {};
    expect(from).toBeGreaterThan(minutes(88));
    expect(from).toBeLessThanOrEqual(minutes(90));
  });

  test('a cleared log, whoever tells it', () => {
    expect(channelOf('cleared', 'Application').clears).toMatchObject([{ eventCode: '104', user: 'mallory' }]);
    expect(channelOf('cleared', 'Security').clears).toMatchObject([{ eventCode: '1102' }]);
    expect(channelOf('cleared', 'System').clears).toEqual([]);
    expect(channelOf('cleared', 'Setup')).toMatchObject({ eventsEver: 0, clears: [{ eventCode: '104' }] });
    expect(channelOf('cleared', 'System').reportsLeftOut).toBe(0);
  });
});

describe('arrival and faults', () => {
  test('late deliveries', () => {
    expect(channelOf('live').lateness).toMatchObject({
      kind: 'measured',
      median: 2,
      late: [{ events: 3, from: minutes(50), to: minutes(52) }],
    });
    expect(channelOf('gaps').lateness.kind).toBe('at-once');
  });

  test('faults of a source go with its hosts; others stand alone', () => {
    expect(hostOf('gaps').faults).toEqual([
      { origin: 'gaps.log', code: 'truncated', faults: 2, message: 'cut off' },
    ]);
    expect(ledger.faults).toMatchObject([{ origin: 'nothing.evtx', faults: 1 }]);
  });
});

describe('did it happen?', () => {
  const ask = (host: string, eventClass: EventClass, from: number, to: number | null, found = 0) => {
    const answer = answerQuestion(ledger, {
      host,
      eventClass,
      from: minutes(from),
      to: to === null ? null : minutes(to),
      found,
    });
    return answerText(answer, clock);
  };

  test('yes, with what may be missing besides', () => {
    expect(ask('gaps', 'process-start', 50, 55, 2)).toBe('yes: 2 events');
    expect(ask('gaps', 'process-start', 30, 55, 1)).toBe(
      'yes: 1 event; 5 events (record ids 1040 to 1044) of Microsoft-Windows-Sysmon/Operational between 08:39:00 and 08:45:00 are missing',
    );
  });

  test('no, with what the sensor leaves out', () => {
    expect(ask('gaps', 'process-start', 50, 55)).toBe(
      'no: Sysmon records process starts there, and nothing is known to be missing but what its rules leave out',
    );
    expect(ask('both', 'process-start', 30, 55)).toBe(
      'no: Windows Security records process starts there, and nothing is known to be missing',
    );
    expect(ask('no-ids', 'process-start', 3, 5)).toContain('cannot be told: events have no record ids');
  });

  test('not certain: dropped, in a gap, cleared, stopped, before and after the log', () => {
    expect(ask('gaps', 'network', 61, 80)).toMatch(/^no:/);
    expect(ask('gaps', 'network', 15, 80)).toContain(
      'not certain: the sensor dropped 12 events of this type between 08:10:30 (its start) and 08:20:00',
    );
    expect(ask('gaps', 'network', 30, 35)).toBe(
      "not certain: no network connections were recorded before the sensor's configuration was changed at 09:00:00",
    );
    expect(ask('gaps', 'process-start', 41, 42)).toMatch(/^not certain: 5 events/);
    expect(ask('gaps', 'process-start', -30, -20)).toContain('begins at 08:00:00');
    expect(ask('gaps', 'process-start', 90, 400)).toContain('ends at 09:39:00');
    expect(ask('gaps', 'process-start', 90, null)).toMatch(/^no:/);
    expect(ask('stopped', 'process-start', 30, 31)).toContain(
      'recording of Security was stopped from 08:19:30',
    );
    expect(ask('both', 'file-access', 5, 6)).toContain('only of objects that are audited');
  });

  test('a class of which the sensor only dropped events is one that it records, not certainly all of it', () => {
    expect(ask('gaps', 'module-load', 15, 16)).toBe(
      'not certain: the sensor dropped 1 event of this type between 08:10:30 (its start) and 08:20:00',
    );
    // None ever came through, so that there was none is known of no time.
    expect(ask('gaps', 'module-load', 50, 51)).toMatch(/^not certain: the sensor dropped 1 event/);
  });

  test('not collected: never seen, or no product, or no log of the host', () => {
    expect(ask('gaps', 'dns', 5, 6)).toBe(
      'not collected: Sysmon never recorded DNS queries on gaps (off by default)',
    );
    expect(ask('gaps', 'driver-load', 5, 6)).toBe(
      'not certain: Sysmon never recorded driver loads on gaps (perhaps there were none)',
    );
    expect(ask('proxy', 'dns', 5, 6)).toBe('not collected: none of the logs of proxy can have DNS queries');
    expect(ask('nobody', 'dns', 5, 6)).toBe('not collected: there is no log of nobody');
  });
});

describe('what a lineage has to doubt', () => {
  test('the times in which starts may be missing', () => {
    expect(lossEvidence(hostOf('gaps'))).toEqual({
      windows: [{ from: minutes(39), to: minutes(45), of: 'starts', why: 'gap' }],
      startsSince: minutes(0),
      endsCollected: false,
    });
    expect(lossEvidence(hostOf('stopped')).windows.map(({ why }) => why)).toEqual(['stopped', 'drop']);
  });

  test('not where another sensor recorded them', () => {
    expect(lossEvidence(hostOf('both')).windows).toEqual([]);
  });

  test('what may still arrive', () => {
    const late = lossEvidence(hostOf('live'), minutes(60)).windows;
    expect(late).toMatchObject([{ of: 'both', why: 'late', to: minutes(60) }]);
    expect(lossEvidence(hostOf('gaps'), minutes(60)).windows.some(({ why }) => why === 'late')).toBe(false);
  });
});
