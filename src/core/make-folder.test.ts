import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

const place = mkdtempSync(join(tmpdir(), 'keizu-folder-'));
afterAll(() => rmSync(place, { recursive: true }));

test('folders within folders, again, and with a mode', () => {
  const deep = join(place, 'a', 'b', 'c');
  makeFolder(deep);
  makeFolder(deep);
  makeFolder(place);
  expect(statSync(deep).isDirectory()).toBe(true);
  makeFolder(join(place, 'own'), 0o700);
  expect(statSync(join(place, 'own')).mode & 0o777).toBe(0o700);
});

test('what is no folder, is below none, or leads nowhere', () => {
  const file = join(place, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow(/EEXIST/);
  expect(() => makeFolder(join(file, 'x', 'y'))).toThrow(/ENOTDIR/);
  symlinkSync(join(place, 'nowhere'), join(place, 'link'));
  expect(() => makeFolder(join(place, 'link'))).toThrow(/EEXIST/);
});

test.skipIf(process.platform !== 'linux')('a folder that says that it is not there ends it', () => {
  expect(() => makeFolder('/proc/keizu')).toThrow(/ENOENT/);
  expect(() => makeFolder('/proc/keizu/x')).toThrow(/ENOENT/);
});
