import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestElement, TestValue } from '../../../test/evtx-writer.ts';
import {
  bytesValue,
  ChunkWriter,
  chunkOf,
  eventTemplate,
  evtxFile,
  nestedValue,
  sealChunk,
  systemValues,
  textsValue,
  textValue,
} from '../../../test/evtx-writer.ts';
import { defaultReadLimits, type ReadLimits } from '../../core/limits.ts';
import type { ReadItem } from '../record.ts';
import { decodeEvtxBytes, evtxFormat } from './evtx.ts';

const CHUNK = 4096;
const FIRST_RECORD = 512;
const template = eventTemplate({ name: 'EventData', children: [{ name: 'Data', children: [{ value: 4 }] }] });

function records(count: number, values: readonly TestValue[] = [textValue('some text')], used = template) {
  return Array.from({ length: count }, (_, index) => {
    const id = BigInt(index + 1);
    return { id, template: used, values: [...systemValues(id), ...values] };
  });
}

/** A chunk with a change made to it, its sums written anew where it is to look right. */
function changed(
  chunk: Buffer,
  change: (chunk: Buffer, offsets: readonly number[]) => void,
  seal: boolean,
): Buffer {
  const offsets: number[] = [];
  for (let at = FIRST_RECORD; at < chunk.readUInt32LE(48); at += chunk.readUInt32LE(at + 4)) offsets.push(at);
  change(chunk, offsets);
  if (seal) sealChunk(chunk);
  return chunk;
}

function itemsOf(file: Uint8Array): readonly ReadItem[] {
  return [...decodeEvtxBytes(file)].flat();
}

/** Record ids, and for a fault its code, offset and length. */
function outline(items: readonly ReadItem[]): readonly unknown[] {
  return items.map((item) => {
    if (item.kind === 'fault') return [item.code, item.offset, item.length];
    return item.kind === 'windows-event' ? item.recordId : item.kind;
  });
}

describe('the file header', () => {
  test('an empty file is a fault, also as a stream', async () => {
    expect(outline(itemsOf(Buffer.alloc(0)))).toEqual([['empty', 0, 0]]);
    const streamed: ReadItem[] = [];
    for await (const batch of evtxFormat.read((async function* () {})())) streamed.push(...batch);
    expect(outline(streamed)).toEqual([['empty', 0, 0]]);
  });

  test('a file that ends in its header is a fault', () => {
    expect(outline(itemsOf(evtxFile([]).subarray(0, 100)))).toEqual([['truncated', 0, 100]]);
  });

  test('another signature is a fault, and the chunks are read all the same', () => {
    const file = evtxFile([chunkOf(records(1))]);
    file.write('Elf', 0, 'latin1');
    file[3] = 0;
    expect(outline(itemsOf(file))).toEqual([['bad-signature', 0, 4096], '1']);
  });

  test('a wrong checksum is a fault, unless the file says that it has none', () => {
    const file = evtxFile([chunkOf(records(1))]);
    file.writeUInt32LE(7, 124);
    expect(outline(itemsOf(file))).toEqual([['bad-checksum', 0, 120], '1']);
    file.writeUInt32LE(4, 120);
    expect(outline(itemsOf(file))).toEqual(['1']);
  });
});

describe('a chunk', () => {
  test('cut off anywhere keeps the records before the cut', () => {
    const chunk = chunkOf(records(3));
    const second = FIRST_RECORD + chunk.readUInt32LE(FIRST_RECORD + 4);
    const file = evtxFile([chunk]);
    expect(outline(itemsOf(file.subarray(0, CHUNK + 300)))).toEqual([['truncated', CHUNK + 300, 0]]);
    expect(outline(itemsOf(file.subarray(0, CHUNK + second + 40)))).toEqual([
      '1',
      ['bad-structure', CHUNK + second, 40],
      ['truncated', CHUNK + second + 40, 0],
    ]);
  });

  test('without its signature is one fault', () => {
    const file = evtxFile([Buffer.alloc(65_536, 7), chunkOf(records(1))]);
    expect(outline(itemsOf(file))).toEqual([['bad-signature', CHUNK, 65_536], '1']);
  });

  test('whose bytes changed without spoiling a record is a fault by its checksum', () => {
    const quiet = changed(
      chunkOf(records(2)),
      (chunk) => chunk.write('S', chunk.indexOf('s\0o\0m\0e\0'), 'latin1'),
      false,
    );
    expect(outline(itemsOf(evtxFile([quiet])))).toEqual([
      '1',
      '2',
      ['bad-checksum', CHUNK, quiet.readUInt32LE(48)],
    ]);
    const header = changed(chunkOf(records(1)), (chunk) => chunk.writeUInt32LE(9, 200), false);
    expect(outline(itemsOf(evtxFile([header])))).toEqual(['1', ['bad-checksum', CHUNK, 512]]);
    expect(outline(itemsOf(evtxFile([quiet], 4)))).toEqual(['1', '2']);
  });

  test.each([0, 100, 70_000, 0xffff_ffff])(
    'with the free space at %i is read until no record follows',
    (freeSpace) => {
      const chunk = chunkOf(records(2));
      chunk.writeUInt32LE(freeSpace, 48);
      chunk.writeUInt32LE(4, 120);
      expect(outline(itemsOf(evtxFile([chunk])))).toEqual(['1', '2']);
    },
  );
});

describe('a bad record is a fault, and the next is read', () => {
  test.each<[string, (chunk: Buffer, at: number) => void, string]>([
    ['an unknown token', (chunk, at) => chunk.writeUInt8(0x1f, at + 24), 'bad-structure'],
    [
      'a template offset out of the chunk',
      (chunk, at) => chunk.writeUInt32LE(0xffff_fff0, at + 34),
      'truncated',
    ],
    ['a template offset into nothing', (chunk, at) => chunk.writeUInt32LE(65_000, at + 34), 'bad-structure'],
    ['a template that is its own record', (chunk, at) => chunk.writeUInt32LE(at, at + 34), 'truncated'],
    ['more values than bytes', (chunk, at) => chunk.writeUInt32LE(0xffff_ffff, at + 38), 'bad-structure'],
    ['a value longer than the record', (chunk, at) => chunk.writeUInt16LE(0xffff, at + 42), 'bad-structure'],
    ['a value of an unknown type', (chunk, at) => chunk.writeUInt8(0x1e, at + 44), 'unsupported'],
    [
      'a size at its end that is another',
      (chunk, at) => chunk.writeUInt32LE(8, at + chunk.readUInt32LE(at + 4) - 4),
      'bad-structure',
    ],
  ])('%s', (_, damage, code) => {
    const chunk = changed(chunkOf(records(3)), (bytes, offsets) => damage(bytes, offsets[1] ?? 0), true);
    const size = chunk.readUInt32LE(FIRST_RECORD + 4);
    const at = FIRST_RECORD + size;
    expect(outline(itemsOf(evtxFile([chunk])))).toEqual([
      '1',
      [code, CHUNK + at, chunk.readUInt32LE(at + 4)],
      '3',
    ]);
  });

  test.each<[string, (chunk: Buffer, at: number) => void, string]>([
    ['signature', (chunk, at) => chunk.writeUInt32LE(0x2a2b, at), 'bad-signature'],
    ['size, too small', (chunk, at) => chunk.writeUInt32LE(4, at + 4), 'bad-structure'],
    ['size, beyond the free space', (chunk, at) => chunk.writeUInt32LE(65_000, at + 4), 'bad-structure'],
  ])('a bad %s leaves no way to the next: the rest of the chunk is one fault', (_, damage, code) => {
    let free = 0;
    let at = 0;
    const chunk = changed(
      chunkOf(records(3)),
      (bytes, offsets) => {
        free = bytes.readUInt32LE(48);
        at = offsets[1] ?? 0;
        damage(bytes, at);
      },
      true,
    );
    const items = itemsOf(evtxFile([chunk, chunkOf(records(1))]));
    expect(outline(items)).toEqual(['1', [code, CHUNK + at, free - at], '1']);
  });

  test('a page of zeros ends the chunk; the record that it tears is kept with what it still says', () => {
    const chunk = changed(chunkOf(records(40)), (bytes) => bytes.fill(0, 4096), false);
    const items = itemsOf(evtxFile([chunk]));
    expect(items.every((item) => item.kind === 'windows-event')).toBe(true);
    expect(items.at(-1)).toMatchObject({ provider: 'Keizu-Test' });
  });

  test('a name that XML does not allow is refused', () => {
    const writer = new ChunkWriter();
    for (const record of records(1, [textValue('x')], eventTemplate({ name: 'a><b' }))) writer.add(record);
    expect(outline(itemsOf(evtxFile([writer.finish()])))).toMatchObject([
      ['bad-value', CHUNK + FIRST_RECORD, expect.any(Number)],
    ]);
  });
});

describe('what asks for too much is a fault', () => {
  test('deeply nested elements', () => {
    let element: TestElement = { name: 'a' };
    for (let depth = 0; depth < 100; depth++) element = { name: 'a', children: [element] };
    const [item] = itemsOf(evtxFile([chunkOf(records(1, [], eventTemplate(element)))]));
    expect(item).toMatchObject({ kind: 'fault', code: 'too-deep' });
  });

  test('deeply nested values', () => {
    const nesting: TestElement = { name: 'a', children: [{ value: 0 }] };
    let value = textValue('x');
    for (let depth = 0; depth < 40; depth++) value = nestedValue(nesting, [value]);
    const [item] = itemsOf(evtxFile([chunkOf(records(1, [value]))]));
    expect(item).toMatchObject({ kind: 'fault', code: 'too-deep' });
  });

  test('a template that contains itself by way of a value', () => {
    const writer = new ChunkWriter();
    const [record] = records(1, [bytesValue(0x21, Buffer.alloc(14))]);
    if (record === undefined) throw new Error('no record');
    writer.add(record);
    const chunk = writer.finish();
    const value = chunk.indexOf('host.example.test', 0, 'utf16le') + 34;
    // An instance of the outer template, with no values of its own.
    Buffer.from([0x0c, 1, 0, 0, 0, 0]).copy(chunk, value);
    chunk.writeUInt32LE(FIRST_RECORD + 38, value + 6);
    sealChunk(chunk);
    const [item] = itemsOf(evtxFile([chunk]));
    expect(item).toMatchObject({ kind: 'windows-event', recordId: '1' });
  });

  test('one long value named thousands of times', () => {
    const places = Array.from({ length: 5000 }, () => ({ value: 4 }));
    const big = eventTemplate({ name: 'EventData', children: [{ name: 'Data', children: places }] });
    const [item] = itemsOf(evtxFile([chunkOf(records(1, [textValue('x'.repeat(15_000))], big))]));
    expect(item).toMatchObject({ kind: 'fault', code: 'too-large' });
  });

  test('a long array inside a long element, with a good record behind', () => {
    const long: TestElement = {
      name: 'Data',
      attributes: { Name: ['n'.repeat(4000)] },
      children: [{ value: 4 }],
    };
    const big = eventTemplate({ name: 'EventData', children: [long] });
    const bad = records(1, [textsValue(Array.from({ length: 10_000 }, () => ''))], big);
    const items = itemsOf(evtxFile([chunkOf([...bad, ...records(1)])]));
    expect(items).toMatchObject([{ kind: 'fault', code: 'too-large' }, { recordId: '1' }]);
  });
});

describe('options', () => {
  test('start moves every offset', () => {
    const file = evtxFile([chunkOf(records(2)), Buffer.alloc(65_536, 1)]);
    file.writeUInt32LE(7, 124);
    const moved = [...decodeEvtxBytes(file, { start: 1000 })].flat();
    expect(moved).toEqual(itemsOf(file).map((item) => ({ ...item, offset: item.offset + 1000 })));
  });

  test('limits bound the nesting and the length of an event', () => {
    const file = evtxFile([chunkOf(records(1))]);
    const first = (limits: Partial<ReadLimits>) =>
      [...decodeEvtxBytes(file, { limits: { ...defaultReadLimits, ...limits } })].flat()[0];
    expect(first({ recordDepth: 2 })).toMatchObject({ kind: 'fault', code: 'too-deep' });
    expect(first({ recordDepth: 3 })).toMatchObject({ kind: 'windows-event' });
    expect(first({ recordBytes: 100 })).toMatchObject({ kind: 'fault', code: 'too-long' });
  });
});

describe('any bytes', () => {
  const good = evtxFile([
    chunkOf([
      ...records(4),
      ...records(2, [nestedValue({ name: 'p', children: [{ value: 0 }] }, [textsValue(['a', 'b'])])]),
    ]),
  ]);
  const live = CHUNK + good.readUInt32LE(CHUNK + 48);

  test('end without a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000 }), (bytes) => {
        for (const item of itemsOf(
          Buffer.concat([good.subarray(0, CHUNK), Buffer.from('ElfChnk\0'), bytes]),
        )) {
          expect(['fault', 'windows-event']).toContain(item.kind);
        }
        itemsOf(bytes);
      }),
      { numRuns: 200 },
    );
  });

  test('changed in any places end without a crash, and faults lie in the file', () => {
    const change = fc.tuple(fc.integer({ min: CHUNK, max: live - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: good.length }),
        (changes, cut) => {
          const file = Buffer.from(good.subarray(0, Math.max(cut, live)));
          for (const [at, byte] of changes) file[at] = byte;
          for (const item of itemsOf(file)) {
            expect(item.offset).toBeLessThanOrEqual(file.length);
            if (item.kind === 'windows-event') expect(item.raw.length).toBeLessThan(1 << 24);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('with offsets that point at other structures end without a crash, and the same with and without caches', () => {
    // Offsets are what loops are made of: every aligned or unaligned word may become one into the live part.
    const change = fc.tuple(
      fc.integer({ min: CHUNK + 512, max: live - 4 }),
      fc.integer({ min: 0, max: live - CHUNK }),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const file = Buffer.from(good);
        for (const [at, offset] of changes) file.writeUInt32LE(offset, at);
        // Other limits, although the same, are served without what earlier files left in the caches.
        const afresh = [...decodeEvtxBytes(file, { limits: { ...defaultReadLimits } })].flat();
        expect(itemsOf(file)).toEqual(afresh);
      }),
      { numRuns: 1500 },
    );
  });
});
