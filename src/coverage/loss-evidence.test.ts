import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  channelLedger,
  drop,
  gap,
  hostLedger,
  LOG_BEGINS,
  minute,
  recordedClass,
  recordIds,
  securityLedger,
  state,
} from '../../test/made-ledger.ts';
import { lossEvidence } from './loss-evidence.ts';

const gaps = (...spans: readonly (readonly [from: number, to: number])[]) => ({
  recordIds: recordIds({
    verdict: 'gaps',
    gaps: spans.map(([from, to]) => gap(minute(from), minute(to))),
  }),
});

test('a host of which nothing is missing: since when starts are collected, and no window', () => {
  expect(lossEvidence(hostLedger(channelLedger()))).toEqual({
    windows: [],
    startsSince: LOG_BEGINS,
    endsCollected: true,
  });
});

test('a host without starts and ends says so', () => {
  const channel = channelLedger({ classes: [recordedClass('network')] });
  expect(lossEvidence(hostLedger(channel))).toEqual({ windows: [], endsCollected: false });
});

test('the first start of any channel is when starts began to be collected', () => {
  const late = channelLedger({ classes: [recordedClass('process-start', { first: minute(9) })] });
  const evidence = lossEvidence(
    hostLedger(late, securityLedger({ classes: [recordedClass('process-start')] })),
  );
  expect(evidence.startsSince).toBe(LOG_BEGINS);
});

describe('each kind of loss', () => {
  test('a gap is a window of starts and ends', () => {
    expect(lossEvidence(hostLedger(channelLedger(gaps([10, 11])))).windows).toEqual([
      { from: minute(10), to: minute(11), of: 'both', why: 'gap' },
    ]);
  });

  test('drops of starts are no drops of ends', () => {
    const drops = [drop(minute(5), minute(9), 'ProcessCreate', ['process-start'])];
    expect(lossEvidence(hostLedger(channelLedger({ drops }))).windows).toEqual([
      { from: minute(5), to: minute(9), of: 'starts', why: 'drop' },
    ]);
  });

  test('a sensor that was stopped', () => {
    const states = [state(minute(5), 'stopped'), state(minute(9), 'started')];
    expect(lossEvidence(hostLedger(channelLedger({ states }))).windows).toEqual([
      { from: minute(5), to: minute(9), of: 'both', why: 'stopped' },
    ]);
  });

  test('open ends are those of what the host has', () => {
    const evidence = lossEvidence(
      hostLedger(channelLedger({ recordIds: recordIds({ verdict: 'gaps', gapsLeftOut: 2 }) })),
    );
    expect(evidence.windows).toEqual([{ from: minute(0), to: minute(60), of: 'both', why: 'gap' }]);
  });

  test('the times before and after a log are no windows', () => {
    const short = channelLedger({ first: minute(20), last: minute(40) });
    expect(lossEvidence(hostLedger(short)).windows).toEqual([]);
  });
});

describe('two channels', () => {
  test('lose only what both may have lost', () => {
    const host = hostLedger(
      channelLedger(gaps([10, 20], [30, 32])),
      securityLedger(gaps([15, 25], [50, 51])),
    );
    expect(lossEvidence(host).windows).toEqual([
      { from: minute(15), to: minute(20), of: 'both', why: 'gap' },
    ]);
  });

  test('of which one lost nothing lose nothing', () => {
    expect(lossEvidence(hostLedger(channelLedger(gaps([10, 20])), securityLedger())).windows).toEqual([]);
  });

  test('of which one has no ends lose the ends of the other', () => {
    const startsOnly = securityLedger({
      classes: [recordedClass('process-start', { product: 'windows-security' })],
    });
    expect(lossEvidence(hostLedger(channelLedger(gaps([10, 20])), startsOnly)).windows).toEqual([
      { from: minute(10), to: minute(20), of: 'ends', why: 'gap' },
    ]);
  });
});

describe('late events', () => {
  const measured = (p99: number) =>
    channelLedger({ lateness: { kind: 'measured', median: 1, p95: 2, p99, most: 4000, late: [] } });

  test('the moments before "as of" are a window as long as arrivals take', () => {
    expect(lossEvidence(hostLedger(measured(1800)), minute(60)).windows).toEqual([
      { from: minute(30), to: minute(60), of: 'both', why: 'late' },
    ]);
  });

  test('none where arrivals are prompt, are not known, or no moment is asked for', () => {
    expect(lossEvidence(hostLedger(measured(59)), minute(60)).windows).toEqual([]);
    expect(lossEvidence(hostLedger(channelLedger()), minute(60)).windows).toEqual([]);
    expect(lossEvidence(hostLedger(measured(1800))).windows).toEqual([]);
  });
});

test('windows of one kind never overlap, lie within the host, and are those of every channel', () => {
  const spans = fc.array(fc.tuple(fc.nat({ max: 59 }), fc.nat({ max: 59 })), { maxLength: 4 });
  const some = spans.map((all) =>
    all.map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const),
  );
  fc.assert(
    fc.property(some, some, (sysmon, security) => {
      const host = hostLedger(channelLedger(gaps(...sysmon)), securityLedger(gaps(...security)));
      const { windows } = lossEvidence(host);
      for (const [at, { from, to }] of windows.entries()) {
        expect(from <= to).toBe(true);
        expect(from > (windows[at - 1]?.to ?? -1n)).toBe(true);
      }
      for (let moment = 0; moment < 60; moment++) {
        const lost = [sysmon, security].every((all) =>
          all.some(([from, to]) => from <= moment && moment <= to),
        );
        const told = windows.some(({ from, to }) => from <= minute(moment) && minute(moment) <= to);
        expect(told, `minute ${moment}`).toBe(lost);
      }
    }),
    { numRuns: 200 },
  );
});
