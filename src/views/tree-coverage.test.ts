import { describe, expect, test } from 'vitest';
import {
  channelLedger,
  gap,
  hostLedger,
  minute,
  recordedClass,
  recordIds,
  securityLedger,
} from '../../test/made-ledger.ts';
import type { ChannelLedger } from '../coverage/ledger.ts';
import { coverageLines } from './tree-coverage.ts';

const lines = (...channels: readonly ChannelLedger[]) =>
  coverageLines(
    hostLedger(...channels),
    (moment) => `minute ${(moment - minute(0)) / (minute(1) - minute(0))}`,
  );

describe('what recorded the starts of a tree', () => {
  test('nothing is missing', () => {
    expect(lines(channelLedger(), securityLedger())).toEqual([
      'coverage: process starts are recorded by Sysmon (600) and Windows Security (600); nothing is known to be missing',
    ]);
  });

  test('a gap is told, and that ends are not recorded', () => {
    const recordIdsWithGap = recordIds({ verdict: 'gaps', gaps: [gap(minute(10), minute(20))] });
    const channel = channelLedger({ classes: [recordedClass('process-start')], recordIds: recordIdsWithGap });
    const [head = '', loss = ''] = lines(channel);
    expect(head).toBe('coverage: process starts are recorded by Sysmon (600), ends by nothing');
    expect(loss).toMatch(
      /5 events \(record ids 100 to 104\) of .* between minute 10 and minute 20 are missing/,
    );
  });

  test('a log whose record ids tell nothing of losses says so', () => {
    expect(lines(channelLedger({ recordIds: recordIds({ verdict: 'filtered' }) }))[1]).toBe(
      '  whether events of Microsoft-Windows-Sysmon/Operational were lost cannot be told: a shipper filtered, or events were picked out',
    );
    expect(
      lines(channelLedger({ recordIds: recordIds({ verdict: 'none' }) }), securityLedger()),
    ).toHaveLength(2);
  });

  test('nothing recorded them', () => {
    expect(lines(channelLedger({ classes: [] }))).toEqual(['coverage: nothing recorded process starts here']);
  });
});
