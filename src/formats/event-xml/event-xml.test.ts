import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf, readAll, recordsOf } from '../../../test/read-format.ts';
import { defaultReadLimits } from '../../core/limits.ts';
import type { WindowsEventRecord } from '../record.ts';
import { eventXml } from './event-xml.ts';
import { parseFullXml } from './full-xml.ts';
import { parseEventXml } from './parse-event-xml.ts';
import { parseRegularXml } from './regular-xml.ts';

const system = (id: number) =>
  `<System><Provider Name='Sysmon' Guid='{1}'/><EventID Qualifiers='7'>${id}</EventID><Version>5</Version><Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x80</Keywords><TimeCreated SystemTime='2024-05-01T10:11:12.3456789Z'/><EventRecordID>77</EventRecordID><Correlation ActivityID='{2}'/><Execution ProcessID='4' ThreadID='8'/><Channel>Ch/Op</Channel><Computer>pc</Computer><Security UserID='S-1-5-18'/></System>`;
const event = (id: number, rest = `<EventData><Data Name='A'>v${id}</Data></EventData>`) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>${system(id)}${rest}</Event>`;

function parsed(rest: string): WindowsEventRecord {
  const { record, faults } = parseEventXml(event(1, rest), 0);
  expect(faults).toEqual([]);
  if (!record) throw new Error('no record');
  return record;
}

const ids = (items: Awaited<ReturnType<typeof readAll>>) =>
  recordsOf(items).map((item) => (item.kind === 'windows-event' ? item.eventId : item.kind));

describe('one event', () => {
  test('the System part is taken apart', () => {
    expect(parsed('')).toEqual({
      kind: 'windows-event',
      raw: event(1, ''),
      offset: 0,
      provider: 'Sysmon',
      providerGuid: '{1}',
      eventSourceName: undefined,
      eventId: '1',
      qualifiers: '7',
      version: '5',
      level: '4',
      task: '1',
      opcode: '0',
      keywords: '0x80',
      systemTime: '2024-05-01T10:11:12.3456789Z',
      time: 17145582723456789n,
      recordId: '77',
      activityId: '{2}',
      relatedActivityId: undefined,
      executionProcessId: '4',
      executionThreadId: '8',
      channel: 'Ch/Op',
      computer: 'pc',
      securityUserId: 'S-1-5-18',
      data: [],
      dataPart: 'none',
      dataName: undefined,
    });
  });

  test('data: named, positional, repeated, empty, entities, Binary', () => {
    const { data, dataPart, dataName } = parsed(
      `<EventData Name="E"><Data Name='A'>a &lt;&amp;&#x3b1;&#10;b</Data><Data>p</Data><Data>q</Data><Data Name='R'>1</Data><Data Name='R'>2</Data><Data Name='N'/><Binary>00FF</Binary></EventData>`,
    );
    expect(data).toEqual([
      { name: 'A', value: 'a <&α\nb' },
      { name: undefined, value: 'p' },
      { name: undefined, value: 'q' },
      { name: 'R', value: '1' },
      { name: 'R', value: '2' },
      { name: 'N', value: '' },
      { name: 'Binary', value: '00FF' },
    ]);
    expect([dataPart, dataName]).toEqual(['EventData', 'E']);
  });

  test('an array within a Data', () => {
    const { data } = parsed('<EventData><Data><string>a</string>\n<string>b</string></Data></EventData>');
    expect(data).toEqual([{ name: undefined, value: ['a', 'b'] }]);
  });

  test('UserData: leaves by their path, with their attributes', () => {
    const { data, dataPart, dataName } = parsed(
      `<UserData><Op xmlns='urn:x' kind='k'><Who>me</Who><Deep><In a='1'>x</In><In/></Deep></Op></UserData>`,
    );
    expect(data).toEqual([
      { name: 'kind', value: 'k' },
      { name: 'Who', value: 'me' },
      { name: 'Deep.In.a', value: '1' },
      { name: 'Deep.In', value: 'x' },
      { name: 'Deep.In', value: '' },
    ]);
    expect([dataPart, dataName]).toEqual(['UserData', 'Op']);
  });

  test('RenderingInfo', () => {
    const { rendering } = parsed(
      `<RenderingInfo Culture='ja-JP'><Message>本文&#13;&#10;次</Message><Level>情報</Level><Keywords><Keyword>a</Keyword><Keyword>b</Keyword></Keywords></RenderingInfo>`,
    );
    expect(rendering).toEqual({ Message: '本文\r\n次', Level: '情報', Keywords: 'a, b' });
  });

  test('prefixes, comments and CDATA', () => {
    const { data } = parsed(
      '<!-- c --><e:EventData xmlns:e="u"><e:Data Name="A"><![CDATA[<x>&]]></e:Data></e:EventData>',
    );
    expect(data).toEqual([{ name: 'A', value: '<x>&' }]);
  });

  test('a forbidden control character: kept, and a fault', () => {
    const { record, faults } = parseEventXml(
      event(1, "<EventData><Data Name='A'>x\u0001y</Data></EventData>"),
      9,
    );
    expect(record?.data).toEqual([{ name: 'A', value: 'x\u0001y' }]);
    expect(faults).toMatchObject([{ code: 'bad-value', offset: 9 }]);
  });

  test('a cut-off event keeps what is there', () => {
    const { record, faults } = parseEventXml(event(1).slice(0, -20), 0);
    expect(record?.eventId).toBe('1');
    expect(faults).toMatchObject([{ code: 'bad-syntax' }]);
  });

  test('a DOCTYPE is refused and nothing of it applied', () => {
    const bomb = `<!DOCTYPE Event [<!ENTITY a "boom">]>${event(1, "<EventData><Data Name='A'>&a;</Data></EventData>")}`;
    expect(parseEventXml(bomb, 0)).toMatchObject({ record: undefined, faults: [{ code: 'forbidden' }] });
    const { record } = parseEventXml(
      event(1, "<EventData><Data Name='A'>&a;&constructor;</Data></EventData>"),
      0,
    );
    expect(record?.data).toEqual([{ name: 'A', value: '&a;&constructor;' }]);
  });

  test('a DOCTYPE that is only text is text', () => {
    expect(parsed('<EventData><Data><![CDATA[<!DOCTYPE html>]]></Data></EventData>').data[0]?.value).toBe(
      '<!DOCTYPE html>',
    );
  });

  test('what is no event, and what nests too deep', () => {
    expect(parseEventXml('<Event/>', 0).faults).toMatchObject([{ code: 'bad-structure' }]);
    expect(parseEventXml('<Foo><System/></Foo>', 0).faults).toMatchObject([{ code: 'bad-structure' }]);
    const deep = `<UserData>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</UserData>`;
    expect(parseEventXml(event(1, deep), 0)).toMatchObject({
      record: undefined,
      faults: [{ code: 'too-deep' }],
    });
  });
});

describe('streams', () => {
  const three = [event(1), event(2), event(3)];
  test.each([
    ['one a line', three.join('\n')],
    ['CRLF', three.join('\r\n')],
    ['nothing between', three.join('')],
    ['a document', `<?xml version="1.0" encoding="utf-8"?>\n<!-- x --><Events>${three.join('')}</Events>\n`],
    ['over several lines', three.map((text) => text.replaceAll('><', '>\n  <')).join('\n')],
  ])('%s', async (_name, text) => {
    expect(eventXml.recognises(Buffer.from(text))).toBe(true);
    const items = await readAll(eventXml, text);
    expect(ids(items)).toEqual(['1', '2', '3']);
    expect(faultsOf(items)).toEqual([]);
    const bytes = Buffer.from(text);
    for (const item of recordsOf(items)) {
      const found = bytes.subarray(item.offset, item.offset + Buffer.byteLength(item.raw)).toString();
      expect(found).toBe(item.raw);
    }
  });

  test('a shipper`s header before each event is a fault, the events are kept', async () => {
    const text = three.map((one) => `Oct 11 22:14:15 host evt: ${one}`).join('\n');
    expect(eventXml.recognises(Buffer.from(text))).toBe(true);
    const items = await readAll(eventXml, text);
    expect(ids(items)).toEqual(['1', '2', '3']);
    expect(faultsOf(items).map((item) => item.code)).toEqual(['bad-syntax', 'bad-syntax', 'bad-syntax']);
  });

  test('an event without an end does not swallow the next', async () => {
    const items = await readAll(eventXml, `${event(1).slice(0, -40)}\n${event(2)}`);
    expect(ids(items)).toEqual(['1', '2']);
    expect(faultsOf(items)).toMatchObject([{ code: 'truncated', offset: 0 }]);
  });

  test('an end within CDATA or a comment is none', async () => {
    const tricky = event(
      1,
      '<EventData><Data><![CDATA[</Event><Event >]]></Data><!-- </Event> --></EventData>',
    );
    const items = await readAll(eventXml, tricky + event(2));
    expect(ids(items)).toEqual(['1', '2']);
    expect(faultsOf(items)).toEqual([]);
  });

  test('a DOCTYPE before the events is named, and they are read', async () => {
    const items = await readAll(eventXml, `<!DOCTYPE Events [<!ENTITY x "y">]><Events>${event(5)}</Events>`);
    expect(ids(items)).toEqual(['5']);
    expect(faultsOf(items)).toMatchObject([{ code: 'forbidden', offset: 0 }]);
  });

  test('an event over the limit is passed over', async () => {
    const limits = { ...defaultReadLimits, recordBytes: 5000 };
    const long = event(1, `<EventData><Data>${'x'.repeat(200_000)}</Data></EventData>`);
    const text = `${event(0)}\n${long}\n${event(2)}`;
    for (const size of [100_000, 1000, 500_000]) {
      const items = await readAll(eventXml, text, size, { limits });
      expect(ids(items)).toEqual(['0', '2']);
      const offset = event(0).length + 1;
      expect(faultsOf(items)).toMatchObject([{ code: 'too-long', offset, length: long.length }]);
    }
  });

  test('openings without end cost no more than their length', async () => {
    const items = await readAll(eventXml, '<Event >'.repeat(50_000));
    expect(items).toHaveLength(50_000);
  });

  test('chunk borders change nothing', async () => {
    const text = `<Events>é${event(1)}<!-- </Event> -->\n${event(2).slice(0, -9)}${event(3, '<UserData><![CDATA[</Event>]]></UserData>')}</Events> tail`;
    const whole = await readAll(eventXml, text);
    expect(faultsOf(whole).length).toBeGreaterThan(0);
    // Longer than a head, so that every border is one.
    const long = `${text}\n`.repeat(80);
    const expected = await readAll(eventXml, long, long.length * 2);
    for (const size of [7, 61, 4099]) expect(await readAll(eventXml, long, size)).toEqual(expected);
  });
});

test('what the regular reader reads, the full parser reads the same', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    '</',
    '/>',
    '<a',
    '<b>',
    '</b>',
    '<a>',
    '</a>',
    ' x="1"',
    " y='2'",
    ' x="3"',
    '=',
    '"',
    "'",
    '&',
    '&amp;',
    '&lt;',
    '&#65;',
    '&#x1F600;',
    '&#0;',
    '&#xD800;',
    '&zz;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?p ?>',
    '\t',
    '\r\n',
    '\n',
    ' ',
    'text',
    'é',
    '\u0001',
    '😀',
    '\ud800',
    'a:b',
    '<Event>',
    '</Event>',
    '<c/>',
    '\u00a0',
  );
  const shape = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
  let compared = 0;
  fc.assert(
    fc.property(shape, fc.boolean(), (inner, isWrapped) => {
      const source = isWrapped ? `<Event>${inner}</Event>` : inner;
      const regular = parseRegularXml(source, 5);
      if (!regular) return;
      compared++;
      const full = parseFullXml(source, 5);
      expect(full.errors).toEqual([]);
      expect(full.isDeeper).toBe(false);
      expect(regular).toEqual(full.root);
    }),
    { numRuns: 20_000 },
  );
  expect(compared).toBeGreaterThan(500);
});
