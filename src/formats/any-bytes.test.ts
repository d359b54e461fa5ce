import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { inChunks, readAll } from '../../test/read-format.ts';
import { zipOf } from '../../test/zip-writer.ts';
import { defaultReadLimits } from '../core/limits.ts';
import { csv } from './csv/csv.ts';
import { eventXml } from './event-xml/event-xml.ts';
import { json } from './json/json.ts';
import { readSources } from './open.ts';
import type { ReadItem } from './record.ts';
import { formats } from './registry.ts';
import { textLines } from './text-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-bytes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const limits = { ...defaultReadLimits, recordBytes: 40 };

/** Bytes that mean something to one of the formats, in any order. */
const fragment = fc.constantFrom(
  ...[
    'y'.repeat(25),
    '\r\n\r\n',
    '{"a":',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    '\\',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    ';',
    'a,b\n',
    '""',
    '12345678901234567890',
  ],
  ...[
    '<Event>',
    '</Event>',
    '<Event ',
    '<System>',
    '</System>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<!DOCTYPE x>',
    '&#0;',
  ],
  ...[
    '"results":[',
    '"preview":false,',
    '_raw',
    '"Records":[',
    'sep=;\n',
    '\ufeff',
    'レベル',
    '\u0000',
    'ElfFile\u0000',
  ],
);
const structured = fc.array(fragment, { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join('')));
const anyBytes = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 4, arbitrary: structured },
  { weight: 1, arbitrary: structured.map((bytes) => Buffer.from(bytes.toString(), 'utf16le')) },
);

describe.each(formats.map((format) => [format.name, format] as const))('%s', (_name, format) => {
  test('takes any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        format.recognises(bytes);
        for (const item of await readAll(format, bytes, 64, { limits })) {
          expect(item.offset).toBeGreaterThanOrEqual(0);
          expect(item.offset).toBeLessThanOrEqual(bytes.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Longer than a head, so that what follows reaches the cutter as it is cut. */
const pad = 'x'.repeat(66_000);

describe.each([
  ['JSON lines', json, `{"a":1}\n{"p":"${pad}"}\n`],
  ['JSON array', json, `[{"a":\n1},{"p":"${pad}"},`],
  ['JSON within a wrapping', json, `{"preview":\n1,"p":"${pad}","results":[`],
  ['event XML', eventXml, `<Events><Event><System/><EventData><Data>${pad}</Data></EventData></Event>`],
  ['CSV', csv, `a,b\n1,"${pad}"\n`],
  ['text', textLines, `${pad}\n`],
])('%s', (_name, format, head) => {
  test.each([40, 100_000])('chunk borders change nothing (records of %d bytes)', async (recordBytes) => {
    await fc.assert(
      fc.asyncProperty(anyBytes, fc.integer({ min: 1, max: 30 }), async (bytes, size) => {
        const options = { limits: { ...limits, recordBytes } };
        const content = Buffer.concat([Buffer.from(head), bytes]);
        const whole = await readAll(format, content, content.length, options);
        const cut: ReadItem[] = [];
        async function* chunks() {
          yield Buffer.from(head);
          yield* inChunks(bytes, size);
        }
        for await (const items of format.read(chunks(), options)) cut.push(...items);
        expect(cut).toEqual(whole);
      }),
      { numRuns: 600 },
    );
  });
});

test('any file ends with a record, a fault or a reason', async () => {
  const path = join(folder, 'any');
  const packed = fc.constantFrom<(bytes: Buffer) => Buffer>(
    (bytes) => bytes,
    (bytes) => gzipSync(bytes),
    (bytes) => zipOf([{ name: 'x', content: bytes }]),
    (bytes) => Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), bytes]),
    (bytes) => Buffer.concat([Buffer.from('PK\x03\x04'), bytes]),
    (bytes) => Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), bytes]),
  );
  const damage = fc.option(fc.tuple(fc.nat(400), fc.nat(255)), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(anyBytes, packed, damage, async (bytes, pack, hit) => {
      const content = pack(bytes);
      if (hit && hit[0] < content.length) content[hit[0]] = hit[1];
      writeFileSync(path, content);
      let items = 0;
      let ends = 0;
      for await (const batch of readSources([path])) {
        items += batch.items.length;
        if (batch.isLast) ends++;
      }
      expect(ends).toBeGreaterThan(0);
      expect(items).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
