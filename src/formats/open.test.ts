import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { pack } from 'tar-stream';
import { afterAll, describe, expect, test } from 'vitest';
import { zipOf } from '../../test/zip-writer.ts';
import { defaultReadLimits } from '../core/limits.ts';
import { type ReadSourcesOptions, readSources } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-open-'));
const temporary = join(folder, 'tmp');
mkdirSync(temporary);
process.env.TMPDIR = temporary;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** What each source gave: `origin format records faults…`, the test's folder left out. */
async function opened(
  paths: string | readonly string[],
  options: ReadSourcesOptions = {},
): Promise<string[]> {
  const found = new Map<string, { format: string; records: number; faults: string[]; ends: number }>();
  let bytes = 0;
  for await (const batch of readSources([paths].flat(), options)) {
    const key = batch.source.origin;
    const entry = found.get(key) ?? { format: '', records: 0, faults: [], ends: 0 };
    found.set(key, entry);
    entry.format = batch.format;
    if (batch.isLast) entry.ends++;
    for (const item of batch.items) item.kind === 'fault' ? entry.faults.push(item.code) : entry.records++;
    if (batch.source.fileSize !== undefined)
      expect(batch.bytesRead).toBeLessThanOrEqual(batch.source.fileSize);
    bytes = batch.bytesRead;
  }
  expect(bytes).toBeGreaterThanOrEqual(0);
  return [...found].map(([origin, { format, records, faults, ends }]) => {
    expect(ends).toBe(1);
    return [origin.replaceAll(`${folder}/`, ''), format, records, ...faults].join(' ');
  });
}

async function tarOf(members: readonly (readonly [name: string, content: string])[]): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of members) archive.entry({ name, mtime: new Date(1_700_000_000_000) }, content);
  archive.entry({ name: 'link', type: 'symlink', linkname: '/etc/passwd' });
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const lines = '{"a":1}\n{"a":2}\n';
const rows = '名前,値,種類\n一,1,x\n二,2,y\n';
/** `{"a":1}\n{"a":2}\n` by zstd 1.5. */
const zstd = Buffer.from('KLUv/SQQgQAAeyJhIjoxfQp7ImEiOjJ9Cu7trPI=', 'base64');

describe('files', () => {
  test('the format is chosen by content, not by name', async () => {
    const xml = `<Event xmlns='x'><System><EventID>1</EventID></System></Event>`;
    expect(await opened(put('a/1.xml', lines))).toEqual(['a/1.xml json 2']);
    expect(await opened(put('a/2.json', xml))).toEqual(['a/2.json event-xml 1']);
    expect(await opened(put('a/3.evtx', rows))).toEqual(['a/3.evtx csv 2']);
    expect(await opened(put('a/4.csv', 'some words\nmore\n'))).toEqual(['a/4.csv text 2']);
    expect(await opened(put('a/5.txt', gzipSync(lines)))).toEqual(['a/5.txt json 2']);
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be', 'cp932'])('%s', async (encoding) => {
    const bytes = iconv.encode(rows, encoding, { addBOM: false });
    expect(await opened(put(`enc/${encoding}.csv`, bytes))).toEqual([`enc/${encoding}.csv csv 2`]);
  });

  test('offsets count a byte order mark', async () => {
    const path = put('bom.json', `\ufeff${lines}`);
    const offsets: number[] = [];
    for await (const { items } of readSources([path])) offsets.push(...items.map((item) => item.offset));
    expect(offsets).toEqual([3, 11]);
  });

  test('ASCII for the first 64 KiB, Shift_JIS after them', async () => {
    const text = `${'name,value,kind\n'}${'a,1,x\n'.repeat(20_000)}情報ログ,2,種類\n`;
    const path = put('late.csv', iconv.encode(text, 'cp932'));
    expect(await opened(path)).toEqual(['late.csv csv 20001']);
    let last = '';
    for await (const { items } of readSources([path])) {
      for (const item of items) if (item.kind === 'row') last = item.raw;
    }
    expect(last).toBe('情報ログ,2,種類');
  });

  test('what is wrong with a path or a file', async () => {
    expect(await opened(join(folder, 'absent'))).toEqual(['absent unknown 0 unreadable']);
    expect(await opened(put('bad/empty', ''))).toEqual(['bad/empty unknown 0 empty']);
    expect(await opened(put('bad/blank', ' \n\n'))).toEqual(['bad/blank text 0 empty']);
    expect(await opened(put('bad/binary', Buffer.alloc(1000)))).toEqual(['bad/binary unknown 0 unsupported']);
    expect(await opened(put('bad/utf8', 'a\xff\nb\n'))).toEqual(['bad/utf8 text 2']);
    expect(await opened(put('bad/latin', Buffer.from('caf\xe9 au lait\n', 'latin1')))).toEqual([
      'bad/latin text 1 bad-encoding',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('no permission', async () => {
    const path = put('bad/secret', lines);
    chmodSync(path, 0);
    expect(await opened(path)).toEqual(['bad/secret unknown 0 unreadable']);
  });

  test('what the file says of itself', async () => {
    const path = put('dated.json', lines);
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    for await (const { source, bytesRead, isLast } of readSources([path])) {
      expect(source).toEqual({
        origin: path,
        path,
        fileSize: 16,
        size: 16,
        modified: 17_000_000_000_000_000n,
      });
      if (isLast) expect(bytesRead).toBe(16);
    }
  });

  test('skip leaves a source alone', async () => {
    put('skip/a.json', lines);
    put('skip/truth.json', '{"keizu":1}');
    const skip = (origin: string, head: Uint8Array) =>
      origin.endsWith('truth.json') && Buffer.from(head).includes('"keizu"');
    expect(await opened(join(folder, 'skip'), { skip })).toEqual([
      'skip/a.json json 2',
      'skip/truth.json skipped 0',
    ]);
  });

  test('an abort ends the reading', async () => {
    const abort = new AbortController();
    const reading = async () => {
      for await (const _batch of readSources([put('abort', lines.repeat(100_000))], { signal: abort.signal }))
        abort.abort();
    };
    await expect(reading()).rejects.toThrow(/abort/i);
  });
});

describe('folders', () => {
  test('in the order of names, any depth, loops of links end', async () => {
    put('tree/b.json', lines);
    put('tree/a/z.json', lines);
    put('tree/a/deep/er/y.json', lines);
    symlinkSync(join(folder, 'tree'), join(folder, 'tree/a/loop'));
    symlinkSync('nowhere', join(folder, 'tree/dangling'));
    execFileSync('mkfifo', [join(folder, 'tree/pipe')]);
    expect(await opened(join(folder, 'tree'))).toEqual([
      'tree/a/deep/er/y.json json 2',
      'tree/a/z.json json 2',
      'tree/b.json json 2',
      'tree/dangling unknown 0 unreadable',
      'tree/pipe unknown 0 unsupported',
    ]);
  });
});

describe('containers', () => {
  test('zip: names, methods, what cannot be read', async () => {
    const content = Buffer.from(lines);
    const archive = zipOf([
      { name: 'a.json', content },
      { name: '../../etc/b', content, isStored: true },
      { name: iconv.encode('証拠/ログ.json', 'cp932'), content },
      { name: 'secret', content, flags: 1 },
      { name: 'lzma', content, method: 14 },
      { name: 'sum', content, crc: 1 },
      { name: 'void', content: Buffer.alloc(0) },
      { name: 'folder/', content: Buffer.alloc(0), isStored: true },
    ]);
    expect(await opened(put('c.zip', Buffer.concat([archive, Buffer.from('\n')])))).toEqual([
      'c.zip!a.json json 2',
      'c.zip!../../etc/b json 2',
      'c.zip!証拠/ログ.json json 2',
      'c.zip!secret unknown 0 unsupported',
      'c.zip!lzma unknown 0 unsupported',
      'c.zip!sum json 2 bad-checksum',
      'c.zip!void unknown 0 empty',
      'c.zip zip 0',
    ]);
  });

  test('tar, tar.gz, gz, zst', async () => {
    const archive = await tarOf([
      ['x/a.json', lines],
      [`${'long/'.repeat(40)}b`, lines],
      ['日本.csv', rows],
    ]);
    const members = (name: string) => [
      `${name}!x/a.json json 2`,
      `${name}!${'long/'.repeat(40)}b json 2`,
      `${name}!日本.csv csv 2`,
      `${name} tar 0`,
    ];
    expect(await opened(put('t.tar', archive))).toEqual(members('t.tar'));
    expect(await opened(put('t.tgz', gzipSync(archive)))).toEqual(members('t.tgz'));
    expect(await opened(put('two.gz', Buffer.concat([gzipSync(lines), gzipSync(lines)])))).toEqual([
      'two.gz json 4',
    ]);
    expect(await opened(put('z.zst', Buffer.concat([zstd, zstd])))).toEqual(['z.zst json 4']);
  });

  test('bytes behind packed data', async () => {
    const packed = gzipSync(lines);
    expect(await opened(put('feed.gz', Buffer.concat([packed, Buffer.from('\n')])))).toEqual([
      'feed.gz json 2',
    ]);
    expect(await opened(put('zeros.gz', Buffer.concat([packed, Buffer.alloc(600)])))).toEqual([
      'zeros.gz json 2',
    ]);
    expect(await opened(put('more.gz', Buffer.concat([packed, Buffer.from('more')])))).toEqual([
      'more.gz json 2 bad-structure',
    ]);
    const far = Buffer.concat([packed, Buffer.alloc(100_000), Buffer.from('x')]);
    expect(await opened(put('far.gz', far))).toEqual(['far.gz json 2 bad-structure']);
    const archive = zipOf([{ name: 'a', content: Buffer.from(lines), padding: 5 }]);
    expect(await opened(put('pad.zip', archive))).toEqual([
      'pad.zip!a json 2 bad-structure',
      'pad.zip zip 0',
    ]);
  });

  test('within each other, up to the limit', async () => {
    let nested: Buffer = Buffer.from(lines);
    for (let depth = 0; depth < 3; depth++) nested = zipOf([{ name: `${depth}`, content: nested }]);
    const path = put('nested.zip', gzipSync(nested));
    const limits = { ...defaultReadLimits, containerDepth: 4 };
    expect(await opened(path, { limits })).toEqual([
      'nested.zip!2!1!0 json 2',
      'nested.zip!2!1 zip 0',
      'nested.zip!2 zip 0',
      'nested.zip zip 0',
    ]);
    expect(await opened(path, { limits: { ...limits, containerDepth: 3 } })).toEqual([
      'nested.zip!2!1 unknown 0 too-deep',
      'nested.zip!2 zip 0',
      'nested.zip zip 0',
    ]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('cut off: what was read is kept', async () => {
    const many = lines.repeat(20_000);
    const packed = gzipSync(many);
    const [cutGzip] = await opened(put('cut.gz', packed.subarray(0, packed.length - 20)));
    expect(cutGzip).toMatch(/^cut\.gz json \d{5} (truncated|bad-syntax)/);
    const archive = await tarOf([
      ['a', many],
      ['b', many],
    ]);
    expect(await opened(put('cut.tar', archive.subarray(0, 512 + 160_000)))).toEqual([
      'cut.tar!a json 20000 truncated',
      'cut.tar tar 0',
    ]);
    const content = Buffer.from(many);
    const zipped = zipOf([
      { name: 'a', content },
      { name: 'b', content: Buffer.from(lines), isStored: true },
      { name: 'c', content },
    ]);
    const cutZip = await opened(put('cut.zip', zipped.subarray(0, zipped.length * 0.8)));
    expect(cutZip.slice(0, 2)).toEqual(['cut.zip!a json 40000', 'cut.zip!b json 2']);
    expect(cutZip[2]).toMatch(/^cut\.zip!c json \d{5} .*truncated/);
    expect(cutZip.slice(3)).toEqual(['cut.zip zip 0 bad-structure']);
  });

  test('a bad header within a tar archive does not end it', async () => {
    const archive = await tarOf([
      ['a', lines],
      ['b', lines],
      ['c', lines],
    ]);
    archive.fill(0x78, 1024, 1024 + 300);
    expect(await opened(put('bad.tar', archive))).toEqual([
      'bad.tar!a json 2',
      'bad.tar!c json 2',
      'bad.tar tar 0 bad-structure',
    ]);
  });

  test('bombs stop at the limits', async () => {
    const zeros = Buffer.from('{"a":0}\n'.repeat(400_000));
    const limits = {
      ...defaultReadLimits,
      memberBytes: 100_000,
      memberRatio: 50,
      fileBytes: 500_000,
      fileRatio: 20,
    };
    const [gz] = await opened(put('bomb.gz', gzipSync(zeros)), { limits });
    expect(gz).toMatch(/^bomb\.gz json \d+ truncated|^bomb\.gz json \d+.* too-large/);
    expect(Number(gz?.split(' ')[2])).toBeLessThan(400_000);
    const archive = zipOf(Array.from({ length: 30 }, (_, at) => ({ name: `${at}`, content: zeros })));
    const members = await opened(put('bomb.zip', archive), { limits });
    expect(members.at(-1)).toBe('bomb.zip zip 0 too-large');
    expect(members.length).toBeLessThan(20);
    const crowd = zipOf(
      Array.from({ length: 30 }, (_, at) => ({ name: `${at}`, content: Buffer.from(lines) })),
    );
    const some = await opened(put('crowd.zip', crowd), { limits: { ...limits, containerMembers: 10 } });
    expect(some).toHaveLength(11);
    expect(some.at(-1)).toBe('crowd.zip zip 0 too-large');
  });

  test('a zstd frame that asks for a huge window', async () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x02, 0x00, 0x00, 0x41]);
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    for (const bytes of [frame, Buffer.concat([skippable, frame]), Buffer.concat([zstd, frame])]) {
      const [found] = await opened(put('window.zst', bytes));
      expect(found).toMatch(/too-large|bad-structure/);
    }
  });
});
