import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { FoundFile } from '../formats/container/folder.ts';
import { DecodePool } from './decode-pool.ts';
import { type DecodedPart, weightOf } from './decoded-part.ts';
import type { Decoding } from './decoding.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = 200;
const path = join(folder, 'log.jsonl');
const line = (n: number) => `${JSON.stringify({ timestamp: '2023-08-16T04:54:30Z', n })}\n`;
writeFileSync(path, Array.from({ length: lines }, (_, n) => line(n)).join(''));
const found: FoundFile = { kind: 'file', path, size: 1, modified: undefined };

const limits = { events: 10, bytes: 1 << 20 };
const window = 1 << 20;
let pool: DecodePool;
afterEach(() => pool.close());
function poolOf(size: number, entry?: URL): DecodePool {
  pool = new DecodePool(size, { index: undefined, arrival: undefined, limits, window }, entry);
  return pool;
}

/** Reads all parts, releasing each, and gives how many records they had. */
async function recordsOf(decoding: Decoding): Promise<number> {
  let records = 0;
  for await (const part of decoding.parts) {
    records += part.records;
    decoding.release(part);
  }
  return records;
}

describe('DecodePool', () => {
  test('decodes more files than it has threads', async () => {
    const decoding = poolOf(2);
    const counts: number[] = [];
    for (let file = 0; file < 5; file++) counts.push(await recordsOf(await decoding.decode(found)));
    expect(counts).toEqual([lines, lines, lines, lines, lines]);
  });

  test('gives no more than its window until something is released', async () => {
    const small = { index: undefined, arrival: undefined, limits, window: 1 << 18 };
    pool = new DecodePool(1, small);
    const decoding = await pool.decode(found);
    const parts = decoding.parts[Symbol.asyncIterator]();
    const given: DecodedPart[] = [];
    const weight = () => given.reduce((sum, part) => sum + weightOf(part), 0);
    while (weight() < small.window) given.push((await parts.next()).value);
    const next = parts.next();
    expect(await Promise.race([next, wait(200, 'nothing')])).toBe('nothing');
    expect(weight()).toBeLessThan(small.window + weightOf(given.at(-1) as DecodedPart));
    for (const part of given) decoding.release(part);
    const after: IteratorResult<DecodedPart> = await next;
    expect(after.done).toBe(false);
  });

  test.each([
    ['ends', 'process.exit(3)', 'it ended with status 3'],
    ['throws', 'throw new Error("no more")', 'no more'],
    ['rejects', 'await Promise.reject(new Error("never"))', 'never'],
  ])('says which file was being decoded when a thread %s', async (_, code, reason) => {
    const failing = poolOf(2, new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    const decoding = await failing.decode(found);
    const message = `${path}: the thread that decoded it has failed: ${reason}`;
    await expect(recordsOf(decoding)).rejects.toThrow(message);
    await expect(failing.decode(found)).rejects.toThrow(message);
  });

  test('ends every decoding with the reason that it is given', async () => {
    const decoding = await poolOf(1).decode(found);
    const waiting = pool.decode(found);
    pool.fail(new Error('enough'));
    await expect(recordsOf(decoding)).rejects.toThrow('enough');
    await expect(waiting).rejects.toThrow('enough');
  });
});
