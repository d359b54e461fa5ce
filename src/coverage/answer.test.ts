import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  channelLedger,
  drop,
  gap,
  hostLedger,
  LOG_BEGINS,
  LOG_ENDS,
  ledgerOf,
  minute,
  recordedClass,
  recordIds,
  securityLedger,
  state,
} from '../../test/made-ledger.ts';
import { type Answer, answerQuestion, overlaps, type Question } from './answer.ts';
import type { ChannelLedger, Ledger, NeverSeen } from './ledger.ts';
import { type Loss, lossesOf } from './losses.ts';

function ask(ledger: Ledger, said: Partial<Question> = {}): Answer {
  return answerQuestion(ledger, {
    host: 'ws1.example',
    eventClass: 'network',
    from: minute(10),
    to: minute(20),
    found: 0,
    ...said,
  });
}

const kinds = ({ reasons }: Answer): readonly string[] => reasons.map(({ kind }) => kind);
const never = (said: Partial<NeverSeen> = {}): NeverSeen => ({
  eventClass: 'dns',
  product: 'sysmon',
  byDefault: 'off',
  seldom: false,
  ...said,
});

describe('yes', () => {
  test('where there are events', () => {
    expect(ask(ledgerOf(channelLedger()), { found: 3 })).toMatchObject({
      kind: 'yes',
      reasons: [{ kind: 'found', events: 3 }],
    });
  });

  test('and there may be more, as the losses say', () => {
    const ledger = ledgerOf(
      channelLedger({ drops: [drop(minute(12), minute(13), 'NetworkConnect', ['network'])] }),
    );
    expect(kinds(ask(ledger, { found: 1 }))).toEqual(['found', 'loss']);
  });

  test('even of a host that the ledger does not know', () => {
    expect(ask(ledgerOf(), { host: 'other', found: 1 })).toMatchObject({ kind: 'yes' });
  });
});

describe('no', () => {
  test('where the class is recorded there and nothing is missing', () => {
    expect(ask(ledgerOf(channelLedger()))).toMatchObject({
      kind: 'no',
      reasons: [{ kind: 'recorded', product: 'sysmon', selection: 'rules', events: 600 }],
    });
  });

  test('says so where record ids tell nothing of losses', () => {
    const answer = ask(ledgerOf(channelLedger({ recordIds: recordIds({ verdict: 'forwarded' }) })));
    expect(answer.kind).toBe('no');
    expect(answer.reasons[1]).toMatchObject({ kind: 'ids-not-judged', verdict: 'forwarded' });
  });

  test('where one of two recorders lost nothing', () => {
    const lossy = channelLedger({
      recordIds: recordIds({ verdict: 'gaps', gaps: [gap(minute(9), minute(30))] }),
    });
    const question = { eventClass: 'process-start' } as const;
    expect(ask(ledgerOf(lossy), question).kind).toBe('not-certain');
    expect(ask(ledgerOf(lossy, securityLedger()), question)).toMatchObject({
      kind: 'no',
      reasons: [{ kind: 'recorded', product: 'windows-security', selection: 'all' }],
    });
  });

  test('a question without ends asks for no time outside the log', () => {
    expect(ask(ledgerOf(channelLedger()), { from: null, to: null }).kind).toBe('no');
  });
});

describe('not collected', () => {
  test('of a host without a log', () => {
    expect(ask(ledgerOf(channelLedger()), { host: 'other' })).toMatchObject({
      kind: 'not-collected',
      reasons: [{ kind: 'no-host' }],
    });
  });

  test('where no log can have such events', () => {
    expect(ask(ledgerOf(channelLedger()), { eventClass: 'clipboard' })).toMatchObject({
      kind: 'not-collected',
      reasons: [{ kind: 'no-product' }],
    });
  });

  test('where a product can, and never did', () => {
    const ledger = ledgerOf(channelLedger({ neverSeen: [never()] }));
    expect(ask(ledger, { eventClass: 'dns' })).toMatchObject({
      kind: 'not-collected',
      reasons: [{ kind: 'never-seen', never: { product: 'sysmon', byDefault: 'off' } }],
    });
  });

  test('but not certain where it is on by default and happens seldom', () => {
    const ledger = ledgerOf(
      channelLedger({ neverSeen: [never({ eventClass: 'driver-load', byDefault: 'on', seldom: true })] }),
    );
    expect(ask(ledger, { eventClass: 'driver-load' }).kind).toBe('not-certain');
  });
});

describe('not certain', () => {
  interface Case {
    readonly said?: Partial<ChannelLedger>;
    readonly question?: Partial<Question>;
  }
  const cases: Readonly<Record<Loss['kind'], Case>> = {
    gap: { said: { recordIds: recordIds({ verdict: 'gaps', gaps: [gap(minute(12), minute(13))] }) } },
    'gaps-not-listed': { said: { recordIds: recordIds({ verdict: 'gaps', gapsLeftOut: 1 }) } },
    dropped: { said: { drops: [drop(minute(5), minute(15), 'NetworkConnect', ['network'])] } },
    'reports-not-read': { said: { reportsLeftOut: 1 } },
    cleared: {
      said: {
        clears: [{ time: minute(15), user: undefined, eventCode: '104', eventId: 'c' }],
        recordIds: recordIds({ verdict: 'none' }),
      },
    },
    stopped: { said: { states: [state(minute(8), 'stopped'), state(minute(12), 'started')] } },
    'before-log': { question: { from: minute(-30) } },
    'after-log': { question: { to: minute(90) } },
    'other-configuration': {
      said: {
        states: [state(minute(30), 'configured')],
        classes: [recordedClass('network', { first: minute(31) })],
      },
    },
  };

  test.each(Object.entries(cases))('%s', (loss, { said, question }) => {
    const answer = ask(ledgerOf(channelLedger(said)), question);
    expect(answer.kind).toBe('not-certain');
    expect(answer.reasons).toMatchObject([{ kind: 'loss', loss: { kind: loss } }]);
  });

  test('where the sensor dropped what it never let through', () => {
    const dropping = channelLedger({ drops: [drop(minute(5), minute(15), 'DnsQuery', ['dns'])] });
    expect(ask(ledgerOf(dropping), { eventClass: 'dns' })).toMatchObject({
      kind: 'not-certain',
      reasons: [{ kind: 'loss', loss: { kind: 'dropped' } }],
    });
    // No event of the class ever came through, so at no time it is known that there was none.
    const later = { eventClass: 'dns', from: minute(40), to: minute(50) } as const;
    expect(ask(ledgerOf(dropping), later)).toMatchObject({
      kind: 'not-certain',
      reasons: [{ kind: 'loss', loss: { kind: 'dropped' } }],
    });
  });

  test('where only objects that are audited are recorded', () => {
    const product = 'windows-security';
    const audited = securityLedger({ classes: [recordedClass('registry', { product })] });
    expect(ask(ledgerOf(audited), { eventClass: 'registry' })).toMatchObject({
      kind: 'not-certain',
      reasons: [{ kind: 'recorded', selection: 'audited' }],
    });
  });

  test('a loss at another time is no reason', () => {
    const drops = [drop(minute(30), minute(40), 'NetworkConnect', ['network'])];
    expect(ask(ledgerOf(channelLedger({ drops }))).kind).toBe('no');
    expect(ask(ledgerOf(channelLedger({ drops })), { to: minute(31) }).kind).toBe('not-certain');
  });
});

describe('whatever the ledger', () => {
  const moment = fc.integer({ min: -20, max: 80 }).map(minute);
  const spanOf = (within: fc.Arbitrary<bigint>) =>
    fc
      .tuple(within, within)
      .map(([one, other]): readonly [bigint, bigint] => (one < other ? [one, other] : [other, one]));
  const span = spanOf(moment);
  const mostly = <T>(usual: T, other: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
  const change = fc.constantFrom('started', 'stopped', 'configured', 'error', 'other');
  const channels = fc.record({
    security: fc.boolean(),
    verdict: fc.constantFrom('contiguous', 'gaps', 'none', 'filtered', 'forwarded'),
    gaps: fc.array(span, { maxLength: 3 }),
    gapsLeftOut: mostly(0, fc.constant(2)),
    drops: fc.array(fc.tuple(span, fc.constantFrom('network', 'process-start', undefined)), { maxLength: 2 }),
    clears: fc.array(moment, { maxLength: 1 }),
    states: fc.array(fc.tuple(moment, change), { maxLength: 3 }),
    reportsLeftOut: mostly(0, fc.constant(1)),
    log: mostly<readonly [bigint, bigint] | null>(null, span),
  });
  const made = channels.map((said): ChannelLedger => {
    const [first, last] = said.log ?? [LOG_BEGINS, LOG_ENDS];
    const channel = said.security ? securityLedger() : channelLedger();
    return {
      ...channel,
      first,
      last,
      classes: channel.classes.map((each) => ({ ...each, first, last })),
      recordIds: recordIds({
        verdict: said.verdict,
        gaps: said.gaps.map(([from, to]) => gap(from, to)),
        gapsLeftOut: said.gapsLeftOut,
      }),
      drops: said.drops.map(([[from, to], type]) =>
        type === undefined ? drop(from, to) : drop(from, to, 'Type', [type]),
      ),
      clears: said.clears.map((time) => ({ time, user: undefined, eventCode: '104', eventId: 'c' })),
      states: said.states
        .map(([time, what]) => state(time, what))
        .sort((one, other) => (one.time < other.time ? -1 : 1)),
      reportsLeftOut: said.reportsLeftOut,
    };
  });
  const asked = fc.tuple(
    spanOf(fc.integer({ min: 0, max: 60 }).map(minute)),
    fc.constantFrom('network', 'process-start', 'dns'),
  );

  test('"no" is never said where every recorder may have lost something of the time that is asked for', () => {
    let answers = 0;
    fc.assert(
      fc.property(fc.array(made, { minLength: 1, maxLength: 2 }), asked, (all, [[from, to], eventClass]) => {
        const answer = ask(ledgerOf(...all), { from, to, eventClass });
        if (answer.kind !== 'no') return;
        answers++;
        const host = hostLedger(...all);
        const [reason] = answer.reasons;
        const sound = all.filter(
          (channel) =>
            channel.classes.some((each) => each.eventClass === eventClass) &&
            lossesOf(host, channel, eventClass).every((loss) => !overlaps(loss, { from, to })),
        );
        expect(sound.map(({ channel }) => channel)).toContain(
          reason?.kind === 'recorded' ? reason.channel : '',
        );
      }),
      { numRuns: 1000 },
    );
    // The property says something only where there are such answers.
    expect(answers).toBeGreaterThan(20);
  });

  test('every answer has a reason, and the events that were found make it "yes"', () => {
    fc.assert(
      fc.property(
        fc.array(made, { maxLength: 2 }),
        asked,
        fc.nat({ max: 2 }),
        (all, [[from, to], eventClass], found) => {
          const answer = ask(ledgerOf(...all), { from, to, eventClass, found });
          expect(answer.reasons.length).toBeGreaterThan(0);
          expect(answer.kind === 'yes').toBe(found > 0);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('times that touch within seconds overlap; open ends are without end', () => {
  const span = (from: bigint | null, to: bigint | null) => ({ from, to });
  expect(overlaps(span(minute(1), minute(2)), span(minute(2.04), minute(3)))).toBe(true);
  expect(overlaps(span(minute(1), minute(2)), span(minute(2.1), minute(3)))).toBe(false);
  expect(overlaps(span(null, minute(2)), span(minute(0), null))).toBe(true);
  expect(overlaps(span(null, null), span(minute(0), minute(1)))).toBe(true);
  expect(overlaps(span(minute(5), null), span(null, minute(4)))).toBe(false);
});
