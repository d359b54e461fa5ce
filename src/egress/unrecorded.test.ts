import { describe, expect, test } from 'vitest';
import { channelLedger, hostLedger, LOG_BEGINS, minute, recordedClass } from '../../test/made-ledger.ts';
import type { HostLedger, Ledger } from '../coverage/ledger.ts';
import { millisecondsOf } from './milliseconds.ts';
import type { Egress } from './read-egress.ts';
import { coverageOf, coverageOfLife, unrecordedOf } from './unrecorded.ts';
import { unrecordedVerdict } from './unrecorded-text.ts';

const at = (minutes: number) => millisecondsOf(minute(minutes));

/** The log of a proxy that recorded requests until so many minutes after the beginning. */
function proxyLog(host: string, until = 60, product = 'squid'): HostLedger {
  const last = minute(until);
  const classes = [recordedClass('web', { product, last })];
  return {
    ...hostLedger(channelLedger({ channel: product, products: [product], last, classes })),
    host,
    last,
  };
}

const sensor = { ...hostLedger(channelLedger()), host: 'one.example' };

function egressOf(logs: readonly HostLedger[], more: Partial<Egress> = {}): Egress {
  const ledger: Ledger = { range: { from: null, to: null }, hosts: [sensor, ...logs], faults: [] };
  return {
    ledger,
    logs: new Map([['one.example', new Set(logs.map(({ host }) => host))]]),
    ...more,
  } as Egress;
}

const process = {
  id: 'p',
  host: 'one.example',
  pid: 1,
  guid: undefined,
  image: 'C:\\a.exe',
  user: undefined,
  start: at(10),
  end: undefined,
};

describe('whether proxies recorded what a host did', () => {
  const covered = (...logs: readonly HostLedger[]) =>
    coverageOf(egressOf(logs), 'one.example', at(30), at(40));

  test('only where every proxy that the host ever used did', () => {
    expect(covered(proxyLog('a'))).toBe('covered');
    expect(covered(proxyLog('a', 20))).toBe('not-certain');
    expect(covered(proxyLog('a'), proxyLog('b', 20))).toBe('not-certain');
    expect(covered()).toBe('not-collected');
    expect(coverageOf(egressOf([proxyLog('a')]), 'other.example', at(30), at(40))).toBe('not-collected');
  });

  test('a watcher of the network is no proxy: TLS is not in its log of requests', () => {
    expect(covered(proxyLog('sensor', 60, 'zeek-http'))).toBe('not-collected');
  });

  test('a process of which no end is known lived as long as anything is known of its host', () => {
    expect(coverageOfLife(egressOf([proxyLog('a', 70)]), process)).toBe('covered');
    expect(coverageOfLife(egressOf([proxyLog('a', 20)]), process)).toBe('not-certain');
    expect(coverageOfLife(egressOf([proxyLog('a', 20)]), { ...process, end: at(15) })).toBe('covered');
    expect(coverageOfLife(egressOf([]), { ...process, start: undefined })).toBeUndefined();
  });
});

test('only what lies in the range is told, and a doubt is no lack of a log', () => {
  const naming = (minutes: number) => ({
    process: 0,
    name: 'a.example',
    via: 'dns' as const,
    time: at(minutes),
  });
  const parts = {
    events: { processes: [process], namings: [naming(1), naming(31), naming(33), naming(59)], contacts: [] },
    connections: [],
    join: { endpoints: new Map() },
  } as unknown as Partial<Egress>;
  const told = (range: Egress['range'], ...logs: readonly HostLedger[]) =>
    unrecordedOf(egressOf(logs, { ...parts, range }), () => true);
  const range = { earliest: minute(30), latest: minute(40) };
  expect(told(range, proxyLog('a'))).toMatchObject([{ times: 2, first: at(31), proxies: 'covered' }]);
  expect(told({ earliest: LOG_BEGINS, latest: null }, proxyLog('a'))).toMatchObject([{ times: 4 }]);
  const verdicts = [proxyLog('a'), proxyLog('a', 20), undefined].map((log) =>
    told(range, ...(log ? [log] : [])).map(unrecordedVerdict),
  );
  expect(verdicts).toEqual([['name looked up only'], ['not certain'], ['not collected']]);
});
