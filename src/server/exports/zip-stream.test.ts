import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { unzip } from '../../../test/unzip.ts';
import { zipStream } from './zip-stream.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function archiveOf(files: Parameters<typeof zipStream>[0], signal = new AbortController().signal) {
  const pieces: Uint8Array[] = [];
  for await (const piece of zipStream(files, signal)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('files come back as they were', async () => {
  const contents = ['', 'x', '系'.repeat(500_000)];
  const files = contents.map((content, at) => {
    const path = join(folder, `${at}.txt`);
    writeFileSync(path, content);
    return { name: `系/${at}.txt`, path, bytes: Buffer.byteLength(content) };
  });
  const out = join(folder, 'out');
  expect(await unzip(await archiveOf(files), out)).toEqual(files.map(({ name }) => name));
  for (const [at, content] of contents.entries())
    expect(readFileSync(join(out, '系', `${at}.txt`), 'utf8')).toBe(content);
});

test('a file that cannot be read ends it', async () => {
  await expect(archiveOf([{ name: 'a', path: join(folder, 'none'), bytes: 1 }])).rejects.toThrow('ENOENT');
  const path = join(folder, '1.txt');
  await expect(archiveOf([{ name: 'a', path, bytes: 1 }], AbortSignal.abort())).rejects.toThrow();
  await expect(archiveOf([{ name: 'a', path, bytes: 2 }])).rejects.toThrow('bytes');
});

test('one that is stopped on its way ends, and closes its file', async () => {
  const path = join(folder, 'large.txt');
  writeFileSync(path, randomBytes(4_000_000));
  const stop = new AbortController();
  const pieces = zipStream([{ name: 'a', path, bytes: 4_000_000 }], stop.signal);
  expect((await pieces.next()).done).toBe(false);
  stop.abort();
  await expect(
    (async () => {
      for await (const _ of pieces);
    })(),
  ).rejects.toThrow('abort');
});
