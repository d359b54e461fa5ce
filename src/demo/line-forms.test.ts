import { expect, test } from 'vitest';
import { FIRST_DAY, onFirstDay, utcTimeText } from './case-time.ts';
import { squidLine } from './squid-log.ts';
import { windowsEventXml } from './windows-event-xml.ts';

test('an event on one line, as Splunk’s XmlWinEventLog has it', () => {
  const text = windowsEventXml(
    {
      provider: 'P',
      providerGuid: '{g}',
      eventId: 1,
      version: 5,
      level: 4,
      task: 1,
      keywords: '0x8000000000000000',
      time: onFirstDay('09:42:18.412'),
      recordId: 77,
      processId: 3,
      threadId: 4,
      channel: 'C',
      computer: 'H',
      userId: 'S-1-5-18',
    },
    [
      ['CommandLine', 'a & "b" <c>\u0001'],
      ['', 5],
    ],
  );
  expect(text).toBe(
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P' Guid='{g}'/>" +
      '<EventID>1</EventID><Version>5</Version><Level>4</Level><Task>1</Task><Opcode>0</Opcode>' +
      "<Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='2024-05-14T09:42:18.412000700Z'/>" +
      "<EventRecordID>77</EventRecordID><Correlation/><Execution ProcessID='3' ThreadID='4'/>" +
      "<Channel>C</Channel><Computer>H</Computer><Security UserID='S-1-5-18'/></System>" +
      '<EventData><Data Name=\'CommandLine\'>a &amp; "b" &lt;c&gt;</Data><Data>5</Data></EventData></Event>',
  );
});

test('times before a full second keep their zeros', () => {
  expect(utcTimeText(FIRST_DAY + 7_000)).toBe('2024-05-14 00:00:00.007');
});

test('a line of Squid’s native format', () => {
  const line = squidLine({
    end: onFirstDay('00:00:01.002'),
    elapsedMs: 3,
    client: '10.20.0.21',
    tag: 'NONE_NONE',
    status: 0,
    bytes: 0,
    method: 'CONNECT',
    url: 'www.example.com:443',
    hierarchy: 'HIER_NONE/-',
    mime: '-',
  });
  expect(line).toBe(
    '1715644801.002      3 10.20.0.21 NONE_NONE/000 0 CONNECT www.example.com:443 - HIER_NONE/- -',
  );
});
