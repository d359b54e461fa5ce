import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpusPath } from '../../test/shared-data.ts';
import { ingest } from '../ingest/ingest.ts';
import { hostLineage } from '../lineage/host-lineage.ts';
import type { Process } from '../lineage/process.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import { Parameters, sql } from '../store/sql.ts';
import { allRows } from '../store/store.contract.ts';
import type { Store } from '../store/store.ts';
import type { EvidenceClass } from './evidence-class.ts';
import { countEvidence, type EvidenceCursor, readEvidence } from './read-evidence.ts';

const campaign = corpusPath('Security-Datasets/datasets/compound/LSASS_campaign_01');

type Raw = Readonly<Record<string, string | number | undefined>>;

describe.skipIf(campaign === undefined)('LSASS_campaign_01 (skipped where the corpus is absent)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keizu-corpus-evidence-'));
  let store: Store;
  let processes: readonly Process[];
  /** Records of Sysmon as they came. */
  let raw: readonly Raw[];

  beforeAll(async () => {
    store = await openEmbeddedStore(join(folder, 'store'));
    await ingest([campaign ?? ''], store, {});
    const [[found] = []] = await allRows(
      store,
      sql`SELECT host FROM events WHERE _product = 'sysmon' GROUP BY host ORDER BY count() DESC LIMIT 1`,
      [{ name: 'host', type: 'text' }],
      new Parameters().values,
    );
    const lineage = await hostLineage(store, String(found));
    processes = Array.from({ length: lineage.size }, (_, index) => lineage.process(index));
    const rows = await allRows(store, sql`SELECT _raw FROM events WHERE _product = 'sysmon'`, [
      { name: 'raw', type: 'text' },
    ]);
    raw = rows.map(([text]) => JSON.parse(String(text)) as Raw);
  }, 240_000);
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const guidOf = (value: string | number | undefined) =>
    String(value ?? '')
      .replace(/[{}]/g, '')
      .toLowerCase();

  test('every record that names the GUID of a process is counted for it, and no other', async () => {
    const withGuid = processes.filter(({ guid }) => guid !== undefined);
    expect(withGuid.length).toBeGreaterThan(270);
    const expected = new Map<string, number>();
    const add = (guid: string, code: string | number | undefined, side: string) => {
      const key = `${guid} ${side} ${code}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    };
    for (const record of raw) {
      const { EventID: code } = record;
      add(guidOf(record.ProcessGuid ?? record.SourceProcessGUID ?? record.SourceProcessGuid), code, 'actor');
      add(guidOf(record.TargetProcessGUID ?? record.TargetProcessGuid), code, 'target');
      add(guidOf(record.ParentProcessGuid), code, 'parent');
    }
    const found = new Map<string, number>();
    let after: EvidenceCursor | undefined;
    do {
      const page = await readEvidence(store, withGuid, { limit: 20_000, ...(after && { after }) });
      for (const { process, side, product, eventCode, reasons } of page.events) {
        if (product !== 'sysmon' || !reasons.includes('guid-named')) continue;
        const key = `${withGuid[process]?.guid} ${side} ${eventCode}`;
        found.set(key, (found.get(key) ?? 0) + 1);
      }
      after = page.next;
    } while (after);
    const known = new Set(withGuid.map(({ guid }) => guid));
    for (const key of expected.keys()) if (!known.has(key.slice(0, 36))) expected.delete(key);
    expect(Object.fromEntries([...found].toSorted())).toEqual(Object.fromEntries([...expected].toSorted()));
  });

  test('the payload: what it touched, by Sysmon and by Windows Security', async () => {
    const payload = processes.filter(({ image }) => image?.endsWith('\\winx64_payload.exe'));
    expect(payload).toHaveLength(1);
    const [counts = new Map()] = await countEvidence(store, payload);
    const count = (name: EvidenceClass) => counts.get(name)?.count;
    expect([count('registry'), count('module'), count('network'), count('access-received')]).toEqual([
      214, 70, 12, 180,
    ]);
    const { events } = await readEvidence(store, payload, {
      limit: 100,
      classes: ['service', 'file-executable'],
    });
    expect(events.map(({ grade, summary }) => `${grade} ${summary}`)).toEqual([
      'exact wrote the executable C:\\Users\\PEDRO~1.GUS\\AppData\\Local\\Temp\\rtcpef.dll',
      'exact installed the service rtcpef: rundll32.exe C:\\Users\\PEDRO~1.GUS\\AppData\\Local\\Temp\\rtcpef.dll,a /p:rtcpef',
    ]);
  });

  test('modules that Sysmon gave to the former holder of a process id are exact for nobody', async () => {
    const images = new Map(processes.map(({ guid, image }) => [guid, image?.toLowerCase()]));
    const stale = raw.filter(({ EventID, ProcessGuid, Image }) => {
      const image = images.get(guidOf(ProcessGuid));
      return Number(EventID) === 7 && image !== undefined && image !== String(Image).toLowerCase();
    });
    expect(stale).toHaveLength(301);
    const { events } = await readEvidence(store, processes, { limit: 20_000, classes: ['module'] });
    const exact = events.filter(({ grade }) => grade === 'exact');
    for (const { process, fields } of exact)
      expect(processes[process]?.image?.toLowerCase()).toBe(String(fields.Image).toLowerCase());
  });
});
