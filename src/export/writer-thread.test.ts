import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ExportError } from './export-error.ts';
import { FileSink, partialSuffix } from './file-sink.ts';
import { WriterThread } from './writer-thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-writer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('pieces of many files come to them in order, however many wait', async () => {
  const writer = new WriterThread();
  const sinks = Array.from({ length: 20 }, (_, at) => new FileSink(`f${at}`, join(folder, `f${at}`), writer));
  const expected = sinks.map(() => '');
  const rounds = 8;
  for (let round = 0; round < rounds; round++)
    await Promise.all(
      sinks.map(async (sink, at) => {
        const piece = `${at} ${round} ${'系'.repeat((at * 997 * round) % 5_000)}\n`;
        expected[at] += piece;
        sink.text.text(piece);
        sink.add(1);
        await sink.flush();
      }),
    );
  const finishing = Promise.all(sinks.map((sink) => sink.finish('events')));
  await writer.idle();
  for (const [at, content] of expected.entries())
    expect(readFileSync(join(folder, `f${at}${partialSuffix}`), 'utf8')).toBe(content);
  const files = await finishing;
  for (const [at, sink] of sinks.entries()) {
    await sink.publish();
    const content = readFileSync(join(folder, `f${at}`));
    expect(files[at]).toEqual({
      path: `f${at}`,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      events: rounds,
    });
  }
  await writer.close();
});

test('a file that cannot be written fails everything, and says which it was', async () => {
  const writer = new WriterThread();
  const fails = new FileSink('x', join(folder, 'none', 'x'), writer);
  const other = new FileSink('y', join(folder, 'y'), writer);
  fails.text.text('x');
  await expect(fails.finish('none')).rejects.toThrow(ExportError);
  await expect(other.finish('none')).rejects.toThrow(join('none', 'x'));
  await expect(writer.idle()).rejects.toThrow('ENOENT');
  await writer.close();
});
