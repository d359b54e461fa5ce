import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusPath } from '../../test/shared-data.ts';
import { ingest } from '../ingest/ingest.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import type { ChannelLedger, Ledger } from './ledger.ts';
import { readLedger } from './read-ledger.ts';

const datasets = 'Security-Datasets/datasets';
const campaign = corpusPath(datasets, 'compound/LSASS_campaign_01');
const filtered = corpusPath(
  datasets,
  'atomic/windows/defense_evasion/host/empire_dllinjection_LoadLibrary_CreateRemoteThread.zip',
);
const exported = corpusPath('ts-evtx/test/fixtures/Security.evtx');

describe.skipIf(campaign === undefined || filtered === undefined || exported === undefined)(
  'recordings of the corpus (skipped where it is absent)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'keizu-coverage-'));
    let store: Store;
    let ledger: Ledger;
    beforeAll(async () => {
      store = await openEmbeddedStore(join(folder, 'store'));
      await ingest([campaign ?? '', filtered ?? '', exported ?? ''], store);
      ledger = await readLedger(store);
    }, 240_000);
    afterAll(async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const channelOf = (host: string, channel: string): ChannelLedger => {
      const found = ledger.hosts
        .find((each) => each.host.startsWith(host))
        ?.channels.find((each) => each.channel === channel);
      if (found === undefined) throw new Error(`no ${channel} of ${host}`);
      return found;
    };

    test('LSASS_campaign_01: its classes are counted, and without record ids no loss is claimed', () => {
      const sysmon = channelOf('mkt01', 'Microsoft-Windows-Sysmon/Operational');
      const count = (eventClass: string) =>
        sysmon.classes.find((each) => each.eventClass === eventClass)?.events;
      expect([count('process-start'), count('process-end')]).toEqual([269, 252]);
      expect(sysmon.recordIds).toMatchObject({ verdict: 'none', gaps: [] });
      expect(sysmon.neverSeen.map(({ eventClass }) => eventClass)).toContain('clipboard');
      expect(ledger.faults).toMatchObject([{ code: 'unsupported' }]);
    });

    test('a shipper that filtered is not taken for losses, a log that is whole is', () => {
      expect(channelOf('mordordc', 'Security').recordIds).toMatchObject({ verdict: 'filtered', gaps: [] });
      expect(channelOf('workstation6', 'Microsoft-Windows-Sysmon/Operational').recordIds.verdict).toBe(
        'contiguous',
      );
      // The machine was renamed; its log went on.
      expect(channelOf('nikolaismetbd82', 'Security').recordIds).toMatchObject({
        verdict: 'contiguous',
        figures: { firstId: '329', lastId: '1715' },
      });
    });
  },
);
