import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpusPath } from '../../../test/shared-data.ts';
import type { XmlElement } from '../../../test/windows-event-xml.ts';
import { childOf, parseXml } from '../../../test/windows-event-xml.ts';
import { formatTicks } from '../../core/ticks.ts';
import { parseEventXml } from '../event-xml/parse-event-xml.ts';
import type { ReadItem, WindowsEventRecord } from '../record.ts';
import { decodeEvtxBytes } from './evtx.ts';

const corpus = corpusPath();
const withoutCorpus = corpus === undefined;
if (withoutCorpus) console.warn('The corpus is absent: the EVTX tests on real logs are skipped.');

function itemsOf(...path: readonly string[]): readonly ReadItem[] {
  return [...decodeEvtxBytes(readFileSync(join(corpus ?? '', ...path)))].flat();
}

function eventsOf(...path: readonly string[]): readonly WindowsEventRecord[] {
  return itemsOf(...path).filter((item) => item.kind === 'windows-event');
}

function counts(items: readonly ReadItem[]): readonly [number, number] {
  const faults = items.filter((item) => item.kind === 'fault').length;
  return [items.length - faults, faults];
}

const samples = 'omerbenamram-evtx/samples';

describe.skipIf(withoutCorpus)('records and faults of odd and corrupt logs', () => {
  test.each<[string, number, number]>([
    [`${samples}/sample-with-irregular-bool-values.evtx`, 3028, 0],
    [`${samples}/2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx`, 1910, 4],
    [`${samples}/2-vss_7-System.evtx`, 1160, 0],
    [`${samples}/sample_with_a_bad_chunk_magic.evtx`, 270, 2],
    [`${samples}/Microsoft-Windows-HelloForBusiness%4Operational.evtx`, 6, 0],
    [`${samples}/E_Windows_system32_winevt_logs_Microsoft-Windows-Shell-Core%4Operational.evtx`, 1146, 0],
    [`${samples}/E_Windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx`, 340, 0],
    [`${samples}/Application_no_crc32.evtx`, 17, 0],
    [`${samples}/2-system-Microsoft-Windows-LiveId%4Operational.evtx`, 399, 0],
    [`${samples}/security.evtx`, 2261, 0],
    // Its last eight chunks hold no log.
    [`${samples}/sysmon.evtx`, 358, 8],
    [`${samples}/MSExchange_Management_wec.evtx`, 1, 0],
    [`${samples}/new-user-security.evtx`, 4, 0],
    [`${samples}/Security_short_selected.evtx`, 7, 0],
    ['python-evtx/tests/data/issue_38.evtx', 1, 0],
    ['python-evtx/tests/data/system.evtx', 1601, 0],
    ['EvtxHussar/tests/files/Application15.evtx', 1, 0],
    ['ts-evtx/test/fixtures/Security.evtx', 1715, 0],
    ['ts-evtx/test/fixtures/Application.evtx', 366, 0],
  ])('%s: %i and %i', (path, records, faults) => {
    expect(counts(itemsOf(path))).toEqual([records, faults]);
  });

  test('no event is raised twice or invented: each raw reads as XML with the record id that the fields have', () => {
    for (const path of ['sysmon.evtx', 'new-user-security.evtx', 'MSExchange_Management_wec.evtx']) {
      for (const event of eventsOf(samples, path)) {
        const system = childOf(childOf(parseXml(event.raw), 'Event'), 'System');
        expect(childOf(system, 'EventRecordID')?.text).toBe(event.recordId);
      }
    }
  });

  test('HexInt64 is written as Windows does, without the zeros that other tools put before it', () => {
    const [event] = eventsOf('python-evtx/tests/data/issue_38.evtx');
    const logon = event?.data.find((item) => item.name === 'SubjectLogonId')?.value;
    expect(logon).toBe('0x19d3af');
    expect(BigInt(String(logon))).toBe(0x000000000019d3afn);
  });

  test('the events of CAPI2 keep what they say in attributes', () => {
    const event = eventsOf(
      samples,
      'E_Windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx',
    ).find((candidate) => candidate.recordId === '28');
    expect(event).toMatchObject({ dataPart: 'UserData', dataName: 'CryptRetrieveObjectByUrlWire' });
    expect(event?.data).toContainEqual({
      name: 'URL',
      value: 'http://crl.microsoft.com/pki/crl/products/microsoftrootcert.crl',
    });
    expect(event?.data).toContainEqual({ name: 'URL.scheme', value: 'http' });
    expect(event?.data).toContainEqual({
      name: 'AdditionalInfo.HTTPRequestHeadersInfo.Header',
      value: 'Accept: */*',
    });
    expect(event?.data).toContainEqual({ name: 'EventAuxInfo.ProcessName', value: 'Setup.exe' });
  });
});

describe.skipIf(withoutCorpus)('logs of attack techniques', () => {
  test('every file decodes without a fault, up to the record that its header names as the next', () => {
    const folder = join(corpus ?? '', 'EVTX-to-MITRE-Attack');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.evtx'),
    );
    let events = 0;
    let creations = 0;
    for (const name of files) {
      const file = readFileSync(join(folder, name));
      const items = [...decodeEvtxBytes(file)].flat();
      expect([name, items.filter((item) => item.kind === 'fault')]).toEqual([name, []]);
      expect([name, items.length]).toEqual([name, Number(file.readBigUInt64LE(24)) - 1]);
      events += items.length;
      creations += items.filter((item) => item.kind === 'windows-event' && item.eventId === '4688').length;
    }
    // libevtx gives 8,728: it cannot open 13 of the files.
    expect([files.length, events, creations]).toEqual([281, 10_015, 1260]);
  });

  test('every log of the Sigma regression set decodes without a fault', () => {
    const folder = join(corpus ?? '', 'sigma-regression');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.evtx'),
    );
    for (const name of files) expect([name, counts(itemsOf('sigma-regression', name))[1]]).toEqual([name, 0]);
    expect(files.length).toBe(101);
  });
});

describe.skipIf(withoutCorpus)('the XML that Windows exported beside a log', () => {
  const fixtures = 'ts-evtx/test/fixtures';

  test.each([
    ['Security', 1715],
    ['Application', 366],
  ])('%s.xml: every member and every item of %i events', (log, count) => {
    const exported = childOf(
      parseXml(readFileSync(join(corpus ?? '', fixtures, `${log}.xml`), 'utf8').replace(/^\ufeff/, '')),
      'Events',
    );
    const decoded = new Map(eventsOf(fixtures, `${log}.evtx`).map((event) => [event.recordId, event]));
    expect([exported?.children.length, decoded.size]).toEqual([count, count]);
    for (const element of exported?.children ?? []) {
      const expected = eventFromXml(element);
      const event = decoded.get(expected.recordId);
      if (event === undefined) throw new Error(`record ${expected.recordId} is missing`);
      const { kind, raw, offset, time, rendering, ...fields } = event;
      expect({
        ...fields,
        data: fields.data.map(({ name, value }) => ({ name, value: oneLine(value) })),
      }).toEqual(expected);
      expect(time !== undefined && formatTicks(time)).toBe(event.systemTime);
    }
  });

  test.each(['Security', 'Application'])(
    '%s.xml: raw is the same text, but for what the rendering added',
    (log) => {
      const exported = readFileSync(join(corpus ?? '', fixtures, `${log}.xml`), 'utf8');
      const decoded = new Map(eventsOf(fixtures, `${log}.evtx`).map((event) => [event.recordId, event.raw]));
      for (const [text] of exported.matchAll(/<Event [\s\S]*?<\/Event>/g)) {
        const windows = text.replace(/<RenderingInfo[\s\S]*?<\/RenderingInfo>/, '');
        const recordId = /<EventRecordID>(\d+)</.exec(windows)?.[1];
        expect(oneLine(decoded.get(recordId) ?? '')).toBe(windows);
      }
    },
  );
});

/** The export has lost the carriage returns that the events have. */
function oneLine(value: string | readonly string[]): string {
  return String(value).replaceAll('\r\n', '\n');
}

describe.skipIf(withoutCorpus)('the reader of event XML', () => {
  test.each(['omerbenamram-evtx', 'python-evtx', 'ts-evtx', 'sigma-regression'])(
    'makes of each raw of %s the same record that the decoder makes of its bytes',
    (folder) => {
      const names = readdirSync(join(corpus ?? '', folder), { recursive: true, encoding: 'utf8' });
      for (const name of names.filter((candidate) => candidate.endsWith('.evtx'))) {
        for (const event of eventsOf(folder, name)) {
          const { record } = parseEventXml(event.raw, event.offset);
          // XML has one line end.
          const data = event.data.map((item) => ({
            name: item.name,
            value: String(item.value).replace(/\r\n?/g, '\n'),
          }));
          expect(record).toEqual({ ...event, data });
        }
      }
    },
  );
});

function eventFromXml(event: XmlElement) {
  const system = childOf(event, 'System');
  const attribute = (element: string, name: string) => childOf(system, element)?.attributes[name];
  const text = (element: string) => childOf(system, element)?.text;
  const eventData = childOf(event, 'EventData');
  const userData = childOf(event, 'UserData')?.children[0];
  return {
    provider: attribute('Provider', 'Name'),
    providerGuid: attribute('Provider', 'Guid'),
    eventSourceName: attribute('Provider', 'EventSourceName'),
    eventId: text('EventID'),
    qualifiers: attribute('EventID', 'Qualifiers'),
    version: text('Version'),
    level: text('Level'),
    task: text('Task'),
    opcode: text('Opcode'),
    keywords: text('Keywords'),
    systemTime: attribute('TimeCreated', 'SystemTime'),
    recordId: text('EventRecordID'),
    activityId: attribute('Correlation', 'ActivityID'),
    relatedActivityId: attribute('Correlation', 'RelatedActivityID'),
    executionProcessId: attribute('Execution', 'ProcessID'),
    executionThreadId: attribute('Execution', 'ThreadID'),
    channel: text('Channel'),
    computer: text('Computer'),
    securityUserId: attribute('Security', 'UserID'),
    dataPart: eventData ? 'EventData' : userData ? 'UserData' : 'none',
    dataName: eventData ? eventData.attributes.Name : userData?.name,
    data: eventData
      ? eventData.children.map((item) => ({
          name: item.attributes.Name ?? (item.name === 'Data' ? undefined : item.name),
          value: item.text,
        }))
      : userData
        ? leavesOf(userData, '')
        : [],
  };
}

function leavesOf(element: XmlElement, path: string): { name: string; value: string }[] {
  return element.children.flatMap((child) =>
    child.children.length > 0
      ? leavesOf(child, `${path}${child.name}.`)
      : [{ name: `${path}${child.name}`, value: child.text }],
  );
}

const evtxexport = findEvtxexport();

function findEvtxexport(): boolean {
  try {
    execFileSync('evtxexport', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('evtxexport (Debian libevtx-utils) is absent: the comparison with libevtx is skipped.');
    return false;
  }
}

describe.skipIf(withoutCorpus || !evtxexport)('libevtx reads the same', () => {
  test.each([
    `${samples}/security.evtx`,
    `${samples}/new-user-security.evtx`,
    'python-evtx/tests/data/system.evtx',
    'EVTX-to-MITRE-Attack/TA0002-Execution/T1047-Windows Management Instrumentation/ID4688-5145-WMIexec execution via SMB.evtx',
  ])('%s', (path) => {
    const output = execFileSync('evtxexport', ['-f', 'xml', join(corpus ?? '', path)], {
      maxBuffer: 1 << 28,
    }).toString();
    const theirs = new Map<string, readonly string[]>();
    for (const [xml] of output.matchAll(/<Event [\s\S]*?<\/Event>/g)) {
      const event = childOf(parseXml(xml.replaceAll(controls, '')), 'Event');
      const system = childOf(event, 'System');
      theirs.set(childOf(system, 'EventRecordID')?.text ?? '', [
        childOf(system, 'EventID')?.text ?? '',
        childOf(system, 'TimeCreated')?.attributes.SystemTime?.slice(0, 27) ?? '',
        ...(childOf(event, 'EventData')?.children ?? []).map((item) => comparable(item.text)),
      ]);
    }
    expect(theirs.size).toBeGreaterThan(0);
    const ours = new Map(eventsOf(path).map((event) => [event.recordId, event]));
    for (const [recordId, expected] of theirs) {
      const event = ours.get(recordId);
      const data =
        event?.dataPart === 'EventData' ? event.data.map((item) => comparable(String(item.value))) : [];
      expect([event?.eventId, event?.systemTime?.slice(0, 27), ...data]).toEqual(expected);
    }
  });
});

/** Characters that XML cannot hold; both write them all the same. */
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;

/** Levels what the two write differently: zeros before hexadecimal numbers, case, digits of a time, line ends. */
function comparable(text: string): string {
  return text
    .replaceAll(controls, '')
    .replaceAll('\r\n', '\n')
    .replace(/^0x0*(?=[0-9a-f])/i, '0x')
    .replace(/^(\d{4}-\d\d-\d\dT[\d:]+\.\d{7})\d*Z$/, '$1Z')
    .toLowerCase();
}
