import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { currentSchema, schemaVersion } from '../migrations.ts';
import { sql } from '../sql.ts';
import { allRows, sampleEvent } from '../store.contract.ts';
import type { Column, Store } from '../store.ts';
import { openEmbeddedStore } from './open-embedded-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let store: Store | undefined;
afterEach(async () => {
  await store?.close();
  store = undefined;
});

/** The store is kept open by each test in turn: the engine allows one directory at a time. */
async function opened(name: string): Promise<Store> {
  store = await openEmbeddedStore(join(folder, name));
  return store;
}

describe('openEmbeddedStore', () => {
  test('makes a store where the directory is absent or empty', async () => {
    mkdirSync(join(folder, 'empty'));
    await (await opened('empty')).close();
    await (await opened('deep/absent')).close();
    const file = JSON.parse(readFileSync(join(folder, 'deep/absent/store.json'), 'utf8'));
    expect(file).toEqual({
      format: 'keizu-store',
      version: schemaVersion(currentSchema),
      hotColumns: currentSchema.hotColumns.map(({ name }) => name),
    });
  });

  test('names the process that has the store', async () => {
    await (await opened('locked')).close();
    const engine = join(folder, 'locked/engine');
    const hold = `const { Session } = require(${JSON.stringify(createRequire(import.meta.url).resolve('chdb'))});
      new Session(${JSON.stringify(engine)}); console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', hold], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      await expect(opened('locked')).rejects.toMatchObject({
        code: 'store-locked',
        message: `${join(folder, 'locked')} is used by process ${child.pid}`,
      });
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect((await (await opened('locked')).scope([], null, null)).events).toBe(0);
  });

  test('opens one store at a time, and the next when that is closed', async () => {
    const first = await opened('first');
    await expect(openEmbeddedStore(join(folder, 'first'))).rejects.toMatchObject({ code: 'store-locked' });
    await expect(openEmbeddedStore(join(folder, 'second'))).rejects.toMatchObject({ code: 'store-locked' });
    await first.close();
    await opened('second');
  });

  test('refuses a store that a newer version wrote', async () => {
    await (await opened('newer')).close();
    const path = join(folder, 'newer/store.json');
    const file = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...file, version: 99 }));
    await expect(opened('newer')).rejects.toMatchObject({ code: 'store-newer' });
    writeFileSync(path, JSON.stringify({ ...file, hotColumns: [...file.hotColumns, 'from the future'] }));
    await expect(opened('newer')).rejects.toMatchObject({ code: 'store-newer' });
    writeFileSync(path, JSON.stringify(file));
    await opened('newer');
  });

  test('refuses what is not a store', async () => {
    mkdirSync(join(folder, 'foreign'));
    writeFileSync(join(folder, 'foreign/letter.txt'), 'hello');
    await expect(opened('foreign')).rejects.toMatchObject({ code: 'store-unreadable' });
    await expect(opened('foreign')).rejects.toThrow(/letter\.txt/);
    await expect(opened('foreign/letter.txt')).rejects.toMatchObject({ code: 'store-unreadable' });
    mkdirSync(join(folder, 'spoiled'));
    writeFileSync(join(folder, 'spoiled/store.json'), '{"format":');
    await expect(opened('spoiled')).rejects.toMatchObject({ code: 'store-unreadable' });
    await expect(opened('with*star')).rejects.toThrow(/pattern/);
  });

  test('removes what a dead process left of intermediate results', async () => {
    await (await opened('left')).close();
    writeFileSync(join(folder, 'left/spool/old.bin'), 'x');
    const engine = join(folder, 'left/engine');
    const leave = `const { Session } = require(${JSON.stringify(createRequire(import.meta.url).resolve('chdb'))});
      const session = new Session(${JSON.stringify(engine)});
      session.query('CREATE TABLE keizu.tmp_left (x UInt8) ENGINE = MergeTree ORDER BY x');
      process.kill(process.pid, 'SIGKILL');`;
    await once(spawn(process.execPath, ['-e', leave], { stdio: 'inherit' }), 'exit');
    const tables = await allRows(
      await opened('left'),
      sql`SELECT name FROM system.tables WHERE database = 'keizu' ORDER BY name`,
      [{ name: 'name', type: 'text' }],
    );
    expect(tables).toEqual([['events'], ['faults'], ['field_catalogue']]);
    expect(() => readFileSync(join(folder, 'left/spool/old.bin'))).toThrow(/ENOENT/);
  });

  test('gives an older store the compression of columns that are scanned', async () => {
    const before = await opened('slow');
    await before.write([sampleEvent('a', { process_id: '4' })]);
    const codecs = sql`SELECT name, compression_codec FROM system.columns
WHERE database = 'keizu' AND table = 'events' AND compression_codec != '' ORDER BY name`;
    const columns: readonly Column[] = [
      { name: 'name', type: 'text' },
      { name: 'codec', type: 'text' },
    ];
    const wanted = await allRows(before, codecs, columns);
    expect(wanted).toContainEqual(['process_id', 'CODEC(LZ4)']);
    await before.close();
    // The store as the first version made it.
    const older = `const { Session } = require(${JSON.stringify(createRequire(import.meta.url).resolve('chdb'))});
      const session = new Session(${JSON.stringify(join(folder, 'slow/engine'))});
      for (const column of ${JSON.stringify(wanted.flatMap(([name, codec]) => (codec === 'CODEC(LZ4)' ? [name] : [])))})
        session.query('ALTER TABLE keizu.events MODIFY COLUMN ' + column + ' REMOVE CODEC');
      session.close();`;
    const [status] = await once(spawn(process.execPath, ['-e', older], { stdio: 'inherit' }), 'exit');
    expect(status).toBe(0);
    const path = join(folder, 'slow/store.json');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), version: 1 }));
    const after = await opened('slow');
    expect(await allRows(after, codecs, columns)).toEqual(wanted);
    expect(JSON.parse(readFileSync(path, 'utf8')).version).toBe(schemaVersion(currentSchema));
    expect(await allRows(after, sql`SELECT process_id FROM events`, [{ name: 'id', type: 'text' }])).toEqual([
      ['4'],
    ]);
  });

  test('adds a column that the dictionary got since, with the values that are there', async () => {
    const before = await opened('older');
    await before.write([sampleEvent('a', { Image: 'kept' }), sampleEvent('b', { Image: ['x', 'y'] })]);
    await before.close();
    // The store as an older version would have left it: without the column, its value in the JSON column.
    const older = `const { Session } = require(${JSON.stringify(createRequire(import.meta.url).resolve('chdb'))});
      const session = new Session(${JSON.stringify(join(folder, 'older/engine'))});
      session.query('ALTER TABLE keizu.events DROP COLUMN Image');
      session.query("INSERT INTO keizu.events (_id, _raw, fields) VALUES ('old', 'old', '{\\"Image\\":\\"of old\\"}')");
      session.close();`;
    const [status] = await once(spawn(process.execPath, ['-e', older], { stdio: 'inherit' }), 'exit');
    expect(status).toBe(0);
    const path = join(folder, 'older/store.json');
    const file = JSON.parse(readFileSync(path, 'utf8'));
    const without = file.hotColumns.filter((name: string) => name !== 'Image');
    writeFileSync(path, JSON.stringify({ ...file, hotColumns: without }));
    const after = await opened('older');
    await after.write([sampleEvent('c', { Image: 'new' })]);
    const images = await allRows(after, sql`SELECT Image FROM events WHERE isNotNull(Image) ORDER BY Image`, [
      { name: 'Image', type: 'text' },
    ]);
    expect(images).toEqual([['new'], ['of old']]);
    expect(JSON.parse(readFileSync(path, 'utf8')).hotColumns.toSorted()).toEqual(file.hotColumns.toSorted());
  });
});
