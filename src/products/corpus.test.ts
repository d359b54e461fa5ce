import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { archiveLines } from '../../test/corpus-lines.ts';
import { corpusPath } from '../../test/shared-data.ts';
import { defaultReadLimits } from '../core/limits.ts';
import { parseIsoTicks, TICKS_PER_SECOND } from '../core/ticks.ts';
import type { Event } from '../events/event.ts';
import { csv } from '../formats/csv/csv.ts';
import { decodeEvtxBytes } from '../formats/evtx/evtx.ts';
import { jsonItems } from '../formats/json/json-record.ts';
import type { SourceRecord } from '../formats/record.ts';
import { RecordingClock } from './recording-clock.ts';
import { eventOf, primeClock } from './registry.ts';

const arrival = parseIsoTicks('2026-01-01T00:00:00Z') ?? 0n;

/** Maps as the ingest does: the clock learns from the whole recording first. */
function mapAll(records: readonly SourceRecord[]): readonly Event[] {
  const context = { arrival, origin: 'corpus', clock: new RecordingClock() };
  primeClock(records, context);
  return records.flatMap((record) => {
    const made = eventOf(record, context);
    return 'kind' in made ? [] : [made];
  });
}

async function recording(path: string, suffix = '.json'): Promise<readonly Event[]> {
  const lines = await archiveLines(path, suffix);
  const items = lines.flatMap((line) => jsonItems(line, 0, defaultReadLimits));
  return mapAll(items.filter((item): item is SourceRecord => item.kind !== 'fault'));
}

async function csvRecords(path: string): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const batch of csv.read(withoutMark(path)))
    for (const item of batch) if (item.kind !== 'fault') records.push(item);
  return records;
}

async function* withoutMark(path: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
}

const count = (events: readonly Event[], test: (event: Event) => boolean) => events.filter(test).length;
const code = (event: Event) => event.fields.EventCode;
const isSysmon = (event: Event, id: string) => event.product === 'sysmon' && code(event) === id;

const campaign = corpusPath(
  'Security-Datasets/datasets/compound/LSASS_campaign_01/metasploit_logonpasswords_lsass_memory_dump.zip',
);

describe.skipIf(campaign === undefined)('LSASS_campaign_01: flat, 12-hour local clock', () => {
  let events: readonly Event[] = [];
  beforeAll(async () => {
    events = await recording(campaign ?? '');
  }, 120_000);

  test('every event is mapped, to the counts that were measured', () => {
    expect(events.length).toBe(53_698);
    expect(count(events, (event) => isSysmon(event, '1'))).toBe(269);
    expect(count(events, (event) => isSysmon(event, '5'))).toBe(252);
    expect(count(events, (event) => isSysmon(event, '3'))).toBe(140);
    expect(count(events, (event) => code(event) === '4688')).toBe(53);
    expect(count(events, (event) => event.eventClass === 'process-start')).toBe(269 + 53);
  });

  test('trap 1: process creations are at UtcTime, which is their GUID’s second', () => {
    for (const event of events.filter((one) => isSysmon(one, '1'))) {
      expect(event.timeSource).toBe('UtcTime');
      const [, low = '', high = ''] = String(event.fields.process_guid).split('-');
      expect(event.time / TICKS_PER_SECOND).toBe(BigInt(Number.parseInt(high + low, 16)));
    }
  });

  test('trap 1: 4688 are set right by the recording’s Sysmon events, and stand beside them', () => {
    const starts = events.filter((event) => isSysmon(event, '1'));
    const paired = events
      .filter((event) => code(event) === '4688')
      .filter((event) => {
        expect(event.timeSource).toBe('TimeCreated, zone from Sysmon');
        return starts.some((start) => {
          const apart = event.time - start.time;
          return (
            start.fields.process_id === event.fields.process_id &&
            start.host === event.host &&
            apart < TICKS_PER_SECOND &&
            apart > -TICKS_PER_SECOND
          );
        });
      });
    expect(paired.length).toBeGreaterThanOrEqual(50);
  });

  test('trap 2: no EID 3 or 22 stays at a stale UtcTime', () => {
    const first = parseIsoTicks('2023-08-16T04:00:00Z') ?? 0n;
    const last = parseIsoTicks('2023-08-16T06:00:00Z') ?? 0n;
    const prone = events.filter((event) => isSysmon(event, '3') || isSysmon(event, '22'));
    expect(count(prone, (event) => event.timeSource.includes('stale'))).toBe(prone.length);
    expect(count(prone, (event) => event.time < first || event.time > last)).toBe(0);
  });

  test('trap 3: an all-zero GUID is no process', () => {
    const zero = events.filter((event) => /^\{?0{8}-/.test(String(event.fields.ProcessGuid)));
    for (const event of zero) expect(event.fields).not.toHaveProperty('process_guid');
  });

  test('trap 6: ids of both sensors compare, and stay as recorded', () => {
    for (const event of events.filter((one) => code(one) === '4688')) {
      expect(event.fields.NewProcessId).toMatch(/^0x/);
      expect(event.fields.process_id).toBe(String(Number(event.fields.NewProcessId)));
      expect(event.fields.parent_process_id).toBe(String(Number(event.fields.ProcessId)));
    }
  });
});

const attackData = corpusPath(
  'splunk-attack_data/datasets/attack_techniques/T1047/atomic_red_team/attack_data.tar.gz',
);

describe.skipIf(attackData === undefined)('attack_data T1047: nxlog without ProcessId', () => {
  let events: readonly Event[] = [];
  beforeAll(async () => {
    events = await recording(attackData ?? '', '.txt');
  }, 60_000);

  test('trap 4: the process id is that of the message, never of the Sysmon service', () => {
    const starts = events.filter((event) => isSysmon(event, '1'));
    expect(starts.length).toBe(335);
    for (const { fields } of starts) {
      expect(fields.process_id).toBe(/\nProcessId: (\d+)/.exec(String(fields.Message))?.[1]);
      expect(fields.ExecutionProcessID).toBe('2804');
    }
    expect(new Set(starts.map(({ fields }) => fields.process_id)).size).toBeGreaterThan(200);
  });

  test('Sysmon’s EventType comes out of the message, from behind nxlog’s', () => {
    const kinds = new Set(
      events.filter(({ eventClass }) => eventClass === 'registry').map(({ fields }) => fields.EventType),
    );
    expect(kinds.has('INFO')).toBe(false);
    expect(kinds.has('SetValue')).toBe(true);
  });
});

const empire = corpusPath(
  'Security-Datasets/datasets/atomic/windows/persistence/host/empire_persistence_registry_modification_run_keys_standard_user.zip',
);

describe.skipIf(empire === undefined)('nxlog with a Logstash stamp', () => {
  let events: readonly Event[] = [];
  beforeAll(async () => {
    events = await recording(empire ?? '');
  }, 120_000);

  test('trap 5: one channel, and hosts in lower case, never the collector', () => {
    expect(new Set(events.map(({ fields }) => fields.Channel)).has('security')).toBe(false);
    expect([...new Set(events.map(({ host }) => host))].sort()).toEqual([
      'mordordc.theshire.local',
      'workstation5.theshire.local',
      'workstation6.theshire.local',
    ]);
  });

  test('local time is set right by the stamps: 4688 stands beside Sysmon’s event', () => {
    const starts = events.filter((event) => isSysmon(event, '1'));
    const creations = events.filter((event) => code(event) === '4688');
    // 540 of them have the channel as `security`.
    expect(creations.length).toBe(546);
    const paired = count(starts, (start) =>
      creations.some(
        (event) =>
          start.host === event.host &&
          start.fields.process_id === event.fields.process_id &&
          start.time - event.time < 2n * TICKS_PER_SECOND &&
          event.time - start.time < 2n * TICKS_PER_SECOND,
      ),
    );
    expect(paired).toBeGreaterThanOrEqual(115);
  });

  test('audits are successes though a mask may have been rounded', () => {
    const audits = events.filter(({ fields }) => fields.EventType === 'AUDIT_SUCCESS');
    expect(audits.length).toBeGreaterThan(1_000);
    expect(count(audits, ({ fields }) => fields.action === 'failure')).toBe(0);
  });
});

const japanese = corpusPath('JPCERT-log-analysis-training/Hands-on/Handson1/Sysmon.csv');

describe.skipIf(japanese === undefined)('Event Viewer CSV in Japanese', () => {
  test('trap 7: fields out of the message, UtcTime instead of local time', async () => {
    const events = mapAll(await csvRecords(japanese ?? ''));
    expect(events.length).toBeGreaterThan(100);
    expect(count(events, ({ product }) => product !== 'sysmon')).toBe(0);
    expect(count(events, ({ timeSource }) => timeSource !== 'UtcTime')).toBe(0);
    for (const event of events.filter((one) => isSysmon(one, '1'))) {
      expect(event.fields.process_id).toMatch(/^\d+$/);
      expect(event.fields.parent_process_guid).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

const processTree = corpusPath('msticpy/docs/notebooks/data/process_tree.csv');

describe.skipIf(processTree === undefined)('Azure’s SecurityEvent as CSV', () => {
  test('4688 without channel and provider is a process creation', async () => {
    const events = mapAll(await csvRecords(processTree ?? ''));
    expect(events.length).toBeGreaterThan(50);
    expect(count(events, ({ eventClass }) => eventClass !== 'process-start')).toBe(0);
    expect(count(events, ({ timeSource }) => timeSource !== 'TimeCreatedUtc')).toBe(0);
    expect(count(events, ({ fields }) => !/^\d+$/.test(String(fields.process_id)))).toBe(0);
  });
});

const azure = corpusPath(
  'Security-Datasets/datasets/compound/Log4Shell/sysmon_log4shell_cve2021_44228_java_serialized_object.zip',
);

describe.skipIf(azure === undefined)('Azure’s WindowsEvent, the data as a JSON text', () => {
  test('UtcTime with seven digits is read, and the data is in fields', async () => {
    const events = await recording(azure ?? '');
    expect(events.length).toBeGreaterThan(50);
    expect(count(events, ({ product }) => product !== 'sysmon')).toBe(0);
    expect(count(events, ({ timeSource }) => timeSource !== 'UtcTime')).toBe(0);
    expect(count(events, ({ fields }) => 'EventData' in fields)).toBe(0);
  });
});

const evtx = corpusPath('ts-evtx/test/fixtures/Security.evtx');

describe.skipIf(evtx === undefined)('EVTX', () => {
  test('Security events are at TimeCreated, to the tick', () => {
    const records: SourceRecord[] = [];
    for (const batch of decodeEvtxBytes(readFileSync(evtx ?? '')))
      for (const item of batch) if (item.kind !== 'fault') records.push(item);
    const events = mapAll(records);
    expect(events.length).toBe(1_715);
    expect(count(events, ({ product }) => product !== 'windows-security')).toBe(0);
    expect(count(events, ({ timeSource }) => timeSource !== 'TimeCreated')).toBe(0);
    expect(events.map(({ time }) => time)).toEqual(
      records.map((record) => (record.kind === 'windows-event' ? record.time : undefined)),
    );
  });
});
