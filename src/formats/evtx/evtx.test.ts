import { describe, expect, test } from 'vitest';
import type { TestNode, TestValue } from '../../../test/evtx-writer.ts';
import {
  bytesValue,
  ChunkWriter,
  chunkOf,
  elementsValue,
  eventTemplate,
  evtxFile,
  nestedValue,
  nullValue,
  numberValue,
  systemValues,
  textsValue,
  textValue,
} from '../../../test/evtx-writer.ts';
import type { ReadItem, WindowsEventRecord } from '../record.ts';
import { decodeEvtxBytes, evtxFormat } from './evtx.ts';

const systemXml =
  "<System><Provider Name='Keizu-Test'/><EventID>4688</EventID>" +
  "<TimeCreated SystemTime='2023-08-16T00:54:30.1234567Z'/><EventRecordID>1</EventRecordID>" +
  '<Computer>host.example.test</Computer></System>';

function itemsOf(file: Uint8Array): readonly ReadItem[] {
  return [...decodeEvtxBytes(file)].flat();
}

function eventOf(body: readonly TestNode[], values: readonly TestValue[]): WindowsEventRecord {
  const record = { id: 1n, template: eventTemplate(...body), values: [...systemValues(1n), ...values] };
  const [item, ...others] = itemsOf(evtxFile([chunkOf([record])]));
  expect(others).toEqual([]);
  if (item?.kind !== 'windows-event') throw new Error(`no event: ${JSON.stringify(item)}`);
  return item;
}

/** The XML between System and the end of the event. */
function bodyXml(event: WindowsEventRecord): string {
  const head = `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>${systemXml}`;
  expect(event.raw.startsWith(head)).toBe(true);
  return event.raw.slice(head.length, -'</Event>'.length);
}

const data = (name: string, value: number): TestNode => ({
  name: 'Data',
  attributes: { Name: [name] },
  children: [{ value }],
});

describe('the System part', () => {
  test('fills the members and keeps each tick of the time', () => {
    const event = eventOf([], []);
    expect(event).toMatchObject({
      offset: 4096 + 512,
      provider: 'Keizu-Test',
      eventId: '4688',
      systemTime: '2023-08-16T00:54:30.1234567Z',
      time: 16_921_472_701_234_567n,
      recordId: '1',
      computer: 'host.example.test',
      channel: undefined,
      providerGuid: undefined,
      dataPart: 'none',
      data: [],
    });
    expect(bodyXml(event)).toBe('');
  });

  test('an attribute whose value is null is left out', () => {
    const event = eventOf(
      [
        {
          name: 'System',
          children: [{ name: 'Correlation', attributes: { ActivityID: [{ value: 4, optional: true }] } }],
        },
      ],
      [nullValue()],
    );
    expect(event.activityId).toBeUndefined();
    expect(bodyXml(event)).toBe('<System><Correlation/></System>');
  });
});

describe('EventData', () => {
  test('gives its items in order, named and unnamed, and escapes what is markup', () => {
    const event = eventOf(
      [
        {
          name: 'EventData',
          attributes: { Name: ['N'] },
          children: [data('A', 4), { name: 'Data', children: [{ value: 5 }] }],
        },
      ],
      [textValue(`<a href="x">&'\r\n`), textValue('')],
    );
    expect(event.dataPart).toBe('EventData');
    expect(event.dataName).toBe('N');
    expect(event.data).toEqual([
      { name: 'A', value: `<a href="x">&'\r\n` },
      { name: undefined, value: '' },
    ]);
    expect(bodyXml(event)).toBe(
      `<EventData Name='N'><Data Name='A'>&lt;a href="x"&gt;&amp;'\r\n</Data><Data></Data></EventData>`,
    );
  });

  test('repeats an element for each item of an array', () => {
    const event = eventOf(
      [{ name: 'EventData', children: [data('A', 4), { name: 'Data', children: [{ value: 5 }] }] }],
      [textsValue(['one', '', '<3>']), textsValue(['x', 'y'])],
    );
    expect(event.data).toEqual([
      { name: 'A', value: 'one' },
      { name: 'A', value: '' },
      { name: 'A', value: '<3>' },
      { name: undefined, value: 'x' },
      { name: undefined, value: 'y' },
    ]);
    expect(bodyXml(event)).toBe(
      "<EventData><Data Name='A'>one</Data><Data Name='A'></Data><Data Name='A'>&lt;3&gt;</Data>" +
        '<Data>x</Data><Data>y</Data></EventData>',
    );
  });

  test('takes the name of an item from a value, and repeats it with that name', () => {
    const event = eventOf(
      [
        {
          name: 'EventData',
          children: [{ name: 'Data', attributes: { Name: [{ value: 4 }] }, children: [{ value: 5 }] }],
        },
      ],
      [textValue("it's"), textsValue(['1', '2'])],
    );
    expect(event.data).toEqual([
      { name: "it's", value: '1' },
      { name: "it's", value: '2' },
    ]);
    expect(bodyXml(event)).toBe(
      "<EventData><Data Name='it&apos;s'>1</Data><Data Name='it&apos;s'>2</Data></EventData>",
    );
  });

  test('leaves out an element whose dependency is null', () => {
    const optional: TestNode = { name: 'Binary', dependency: 4, children: [{ value: 4 }] };
    expect(eventOf([{ name: 'EventData', children: [optional] }], [nullValue()]).data).toEqual([]);
    expect(bodyXml(eventOf([{ name: 'EventData', children: [optional] }], [nullValue()]))).toBe(
      '<EventData></EventData>',
    );
    const event = eventOf(
      [{ name: 'EventData', children: [optional] }],
      [bytesValue(0x0e, Uint8Array.of(0xd9, 6))],
    );
    expect(event.data).toEqual([{ name: 'Binary', value: 'D906' }]);
  });

  test('comes from a template of its own, as a value', () => {
    const nested = { name: 'EventData', children: [data('A', 0), data('B', 1)] };
    const event = eventOf(
      [{ value: 4 }],
      [nestedValue(nested, [textValue('a'), numberValue(0x14, 4, 0x1a2b)])],
    );
    expect(event.data).toEqual([
      { name: 'A', value: 'a' },
      { name: 'B', value: '0x1a2b' },
    ]);
    expect(bodyXml(event)).toBe("<EventData><Data Name='A'>a</Data><Data Name='B'>0x1a2b</Data></EventData>");
  });

  test('keeps what stands in a complex item under the name of the item', () => {
    const complex: TestNode = { name: 'ComplexData', attributes: { Name: ['C'] }, children: [{ value: 4 }] };
    const value = elementsValue(
      [
        { name: 'p', children: ['1'] },
        { name: 'q', children: [{ name: 'r', children: ['2'] }] },
      ],
      false,
    );
    expect(eventOf([{ name: 'EventData', children: [complex] }], [value]).data).toEqual([
      { name: 'C.p', value: '1' },
      { name: 'C.q.r', value: '2' },
    ]);
  });
});

describe('UserData', () => {
  test.each([true, false])(
    'gives the leaves of its child, elements with dependency ids: %s',
    (dependencies) => {
      const child = {
        name: 'Session',
        attributes: { 'xmlns:s': ['urn:s'] },
        children: [
          { name: 'User', children: ['me'] },
          { name: 'Empty' },
          {
            name: 'Hosts',
            children: [
              { name: 'Host', attributes: { port: ['80'] }, children: ['a'] },
              { name: 'Host', children: ['b'] },
            ],
          },
          { name: 'Flags', attributes: { value: ['2003'] } },
        ],
      };
      const event = eventOf(
        [{ name: 'UserData', children: [{ value: 4 }] }],
        [elementsValue([child], dependencies)],
      );
      expect(event.dataPart).toBe('UserData');
      expect(event.dataName).toBe('Session');
      expect(event.data).toEqual([
        { name: 'User', value: 'me' },
        { name: 'Empty', value: '' },
        { name: 'Hosts.Host.port', value: '80' },
        { name: 'Hosts.Host', value: 'a' },
        { name: 'Hosts.Host', value: 'b' },
        { name: 'Flags.value', value: '2003' },
      ]);
      expect(bodyXml(event)).toBe(
        "<UserData><Session xmlns:s='urn:s'><User>me</User><Empty/><Hosts><Host port='80'>a</Host><Host>b</Host></Hosts>" +
          "<Flags value='2003'/></Session></UserData>",
      );
    },
  );

  test('takes several fragments in one value', () => {
    const value = elementsValue(
      [
        { name: 'a', children: ['1'] },
        { name: 'b', children: ['2'] },
      ],
      false,
    );
    const event = eventOf(
      [{ name: 'UserData', children: [{ name: 'X', children: [{ value: 4 }] }] }],
      [value],
    );
    expect(event.data).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ]);
    expect(bodyXml(event)).toBe('<UserData><X><a>1</a><b>2</b></X></UserData>');
  });
});

test('CDATA, character and entity references and processing instructions are rendered', () => {
  const item: TestNode = {
    name: 'Data',
    attributes: { Name: ['a', { entity: 'amp' }, { character: 0x27 }] },
    children: [
      { cdata: '<c>' },
      { character: 0x41 },
      { entity: 'lt' },
      { entity: 'custom' },
      { processing: ['go', 'x?>y'] },
    ],
  };
  const event = eventOf([{ name: 'EventData', children: [item] }], []);
  expect(bodyXml(event)).toBe(
    "<EventData><Data Name='a&amp;&apos;'>&lt;c&gt;A&lt;&custom;<?go x? >y?></Data></EventData>",
  );
  expect(event.data).toEqual([{ name: "a&'", value: '<c>A<&custom;' }]);
});

test('RenderingInfo of a forwarded event is kept by element, a list joined', () => {
  const info: TestNode = {
    name: 'RenderingInfo',
    attributes: { Culture: ['en-US'] },
    children: [
      { name: 'Message', children: [{ value: 4 }] },
      {
        name: 'Keywords',
        children: [
          { name: 'Keyword', children: ['a'] },
          { name: 'Keyword', children: ['b'] },
        ],
      },
    ],
  };
  expect(eventOf([info], [textValue('said')]).rendering).toEqual({ Message: 'said', Keywords: 'a, b' });
});

describe('a file', () => {
  const template = eventTemplate({ name: 'EventData', children: [data('A', 4)] });
  const record = (id: bigint) => ({ id, template, values: [...systemValues(id), textValue(`item ${id}`)] });
  const chunk = (from: bigint, count: number) =>
    chunkOf(Array.from({ length: count }, (_, index) => record(from + BigInt(index))));
  const ids = (items: readonly ReadItem[]) =>
    items.map((item) => (item.kind === 'windows-event' ? item.recordId : item.kind));

  test('is recognised by its first bytes', () => {
    expect(evtxFormat.recognises(evtxFile([]))).toBe(true);
    expect(evtxFormat.recognises(Buffer.from('<Event>'))).toBe(false);
    expect(evtxFormat.recognises(Buffer.alloc(0))).toBe(false);
  });

  test('is read to its end, whatever number of chunks the header claims, past zeroed regions', () => {
    const file = evtxFile([chunk(1n, 3), Buffer.alloc(65_536), chunk(4n, 2), Buffer.alloc(65_536)], 0, 1);
    expect(ids(itemsOf(file))).toEqual(['1', '2', '3', '4', '5']);
  });

  test('reads the same in pieces of any size', async () => {
    const file = evtxFile([chunk(1n, 100), Buffer.alloc(65_536), chunk(101n, 50)]).subarray(
      0,
      4096 + 3 * 65_536 - 60_000,
    );
    const whole = itemsOf(file);
    for (const size of [1000, 4096, 65_536, 70_001, 1_000_000]) {
      const items: ReadItem[] = [];
      for await (const batch of evtxFormat.read(pieces(file, size))) {
        expect(batch.length).toBeGreaterThan(0);
        items.push(...batch);
      }
      expect(items).toEqual(whole);
    }
    expect(ids(whole)).toContain('101');
  });

  test('uses a template across chunks only where it is the same', () => {
    const other = eventTemplate({ name: 'EventData', children: [data('B', 4)] });
    const second = chunkOf([{ id: 2n, template: other, values: [...systemValues(2n), textValue('x')] }]);
    const values = itemsOf(evtxFile([chunk(1n, 2), second, chunk(3n, 1)])).map((item) =>
      item.kind === 'windows-event' ? item.data : item,
    );
    expect(values).toEqual([
      [{ name: 'A', value: 'item 1' }],
      [{ name: 'A', value: 'item 2' }],
      [{ name: 'B', value: 'x' }],
      [{ name: 'A', value: 'item 3' }],
    ]);
  });

  test('an abort stops the reading', async () => {
    const controller = new AbortController();
    const reading = async () => {
      for await (const _ of evtxFormat.read(pieces(evtxFile([chunk(1n, 1), chunk(2n, 1)]), 4096), {
        signal: controller.signal,
      }))
        controller.abort();
    };
    await expect(reading()).rejects.toThrow(/abort/i);
  });

  test('a record written without a template is read', () => {
    const writer = new ChunkWriter();
    writer.record(1n, 0n, () => {
      writer.fragmentHeader();
      writer.node(
        { name: 'Event', children: [{ name: 'System', children: [{ name: 'EventID', children: ['7'] }] }] },
        false,
      );
      writer.u8(0);
    });
    const [item] = itemsOf(evtxFile([writer.finish()]));
    expect(item).toMatchObject({ eventId: '7', raw: '<Event><System><EventID>7</EventID></System></Event>' });
  });
});

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
