import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { chunkOf, eventTemplate, evtxFile, systemValues, textValue } from './evtx-writer.ts';
import { type KeizuRun, type RunOptions, runKeizu, searchRows, temporaryFolder } from './run-keizu.ts';
import { zipOf } from './zip-writer.ts';

const folder = temporaryFolder();
const mebibyte = 1024 * 1024;

/** What any of these runs may hold in memory, in MiB. The engine alone takes 250. */
const memoryBound = 700;

interface FaultLine {
  readonly file: string;
  readonly offset: number;
  readonly code: string;
  readonly reason: string;
}

interface Ingested extends KeizuRun {
  readonly store: string;
  readonly path: string;
  readonly faults: readonly FaultLine[];
}

let made = 0;

/** Ingests one file of the given name and content into a store of its own. */
async function ingest(
  name: string,
  content: string | Uint8Array,
  options: RunOptions = {},
): Promise<Ingested> {
  const place = join(folder, String(++made));
  mkdirSync(place);
  const path = join(place, name);
  writeFileSync(path, content);
  return await ingestPath(path, options);
}

async function ingestPath(path: string, options: RunOptions = {}): Promise<Ingested> {
  const store = join(folder, `store-${++made}`);
  const list = join(folder, `faults-${made}`);
  const run = await runKeizu(['ingest', path, '--store', store, '--faults', list], options);
  const lines = run.status === undefined ? '' : readFileSync(list, 'utf8');
  const faults = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line): FaultLine => JSON.parse(line));
  expect(run.peakMemory).toBeLessThan(memoryBound);
  expect(run.stderr).not.toMatch(/\n {4}at /);
  return { ...run, store, path, faults };
}

/** `count` EVTX chunks of five records each, numbered from 1. */
function evtxChunks(count: number): Buffer[] {
  const template = eventTemplate({
    name: 'EventData',
    children: [{ name: 'Data', attributes: { Name: ['Word'] }, children: [{ value: 4 }] }],
  });
  return Array.from({ length: count }, (_, chunk) =>
    chunkOf(
      Array.from({ length: 5 }, (_unused, at) => {
        const id = BigInt(chunk * 5 + at + 1);
        return { id, template, values: [...systemValues(id), textValue(`word-${id}`)] };
      }),
    ),
  );
}

const words = async (store: string) =>
  (await searchRows(store, 'index=main | sort EventRecordID | table Word')).map(({ Word }) => Word);

const wordsTo = (last: number) => Array.from({ length: last }, (_, at) => `word-${at + 1}`);

const jsonLines = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, at) => `${JSON.stringify({ _time: '2024-05-14T00:00:00Z', host: 'h', n: from + at })}\n`,
  ).join('');

describe('files that are not what they should be', () => {
  test('an empty file is said to be empty', async () => {
    const { status, stdout, stderr, faults, path } = await ingest('empty.evtx', '');
    expect(status).toBe(1);
    expect(stdout).toContain('0 new events, 0 duplicates, 1 fault');
    expect(faults).toEqual([{ file: path, offset: 0, code: 'empty', reason: 'no bytes' }]);
    expect(stderr).toContain(`fault: ${path} at byte 0: no bytes`);
    expect(stderr).toContain('nothing could be read');
  });

  test('EVTX cut off in a chunk keeps the records before the cut', async () => {
    const whole = evtxFile(evtxChunks(3));
    const { status, faults, store } = await ingest('cut.evtx', whole.subarray(0, 4096 + 2 * 65_536 + 300));
    expect(status).toBe(0);
    expect(faults.map(({ code }) => code)).toEqual(['truncated']);
    expect(await words(store)).toEqual(wordsTo(10));
  });

  test('EVTX with a chunk overwritten keeps the others', async () => {
    const chunks = evtxChunks(3);
    chunks[1]?.fill(0xaa);
    const { status, faults, store } = await ingest('overwritten.evtx', evtxFile(chunks));
    expect(status).toBe(0);
    expect(faults.map(({ code, offset }) => [code, offset])).toEqual([['bad-signature', 4096 + 65_536]]);
    expect(await words(store)).toEqual([...wordsTo(5), ...wordsTo(15).slice(10)]);
  });

  test('EVTX with a record overwritten keeps the records around it', async () => {
    const [chunk] = evtxChunks(1);
    const word = chunk?.indexOf(Buffer.from('word-3', 'utf16le')) ?? -1;
    const start = chunk?.lastIndexOf(Buffer.from([0x2a, 0x2a, 0, 0]), word) ?? -1;
    expect(start).toBeGreaterThan(512);
    chunk?.fill(0xff, start + 24, word);
    const { status, faults, store } = await ingest('overwritten.evtx', evtxFile(chunk ? [chunk] : []));
    expect(status).toBe(0);
    expect(faults.map(({ offset }) => offset)).toEqual([4096 + start]);
    expect(await words(store)).toEqual(['word-1', 'word-2', 'word-4', 'word-5']);
  });

  test('what a file is called does not matter', async () => {
    const evtx = evtxFile(evtxChunks(1));
    for (const [name, content] of [
      ['log.txt', evtx],
      ['log.log', zipOf([{ name: 'inner.csv', content: evtx }])],
      ['log.evtx', gzipSync(evtx)],
    ] as const) {
      const { status, faults, store } = await ingest(name, content);
      expect({ name, status, faults }).toEqual({ name, status: 0, faults: [] });
      expect(await words(store)).toEqual(wordsTo(5));
    }
  });

  test.each([
    ['picture.json', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'a PNG image'],
    ['log.evtx', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'a Windows program'],
    ['log.zip', Buffer.from('377abcaf271c0004', 'hex'), 'a 7z archive'],
    ['noise.xml', Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 0, 1]), 'no known format'],
  ])('%s that is something else is said to be that', async (name, content, what) => {
    const { status, faults, path } = await ingest(name, content);
    expect(status).toBe(1);
    expect(faults).toEqual([
      { file: path, offset: 0, code: 'unsupported', reason: expect.stringContaining(what) },
    ]);
  });

  test('a damaged archive gives what can be read of it', async () => {
    const whole = zipOf([
      { name: 'good.json', content: Buffer.from(jsonLines(3)) },
      { name: 'bad.json', content: Buffer.from(jsonLines(3, 3)), crc: 1 },
    ]);
    const { status, faults, store } = await ingest('damaged.zip', whole);
    expect(status).toBe(0);
    expect(faults.map(({ file, code }) => [file.split('!')[1], code])).toEqual([
      ['bad.json', 'bad-checksum'],
    ]);
    expect(await searchRows(store, 'index=main n<3 | stats count')).toEqual([{ count: 3 }]);
    const cut = await ingest('cut.zip', whole.subarray(0, whole.length - 30));
    expect(cut.faults.length).toBeGreaterThan(0);
    const gzip = gzipSync(jsonLines(5_000));
    const half = await ingest('cut.json.gz', gzip.subarray(0, gzip.length / 2));
    expect(half.faults.map(({ code }) => code)).toContain('truncated');
    expect((await searchRows(half.store, 'index=main | stats count'))[0]?.count).toBeGreaterThan(1_000);
  });

  test('text that is not UTF-8 is read with its bad pieces marked', async () => {
    const content = Buffer.concat([
      Buffer.from('2024-05-14T00:00:00Z one\n2024-05-14T00:00:01Z '),
      Buffer.from([0xff, 0xfe, 0xc3]),
      Buffer.from(' two\n2024-05-14T00:00:02Z three\n'),
    ]);
    const { status, faults, store } = await ingest('mixed.log', content);
    expect(status).toBe(0);
    expect(faults).toMatchObject([{ code: 'bad-encoding', offset: content.indexOf(0xff) }]);
    const rows = await searchRows(store, 'index=main | sort _time | table _raw');
    expect(rows.map(({ _raw }) => String(_raw).slice(21))).toEqual([
      'one',
      '\ufffd\ufffd\ufffd two',
      'three',
    ]);
  });
});

/** A zip archive of a file of 2 GiB, one letter, made without it; `claimed` bytes are what it says that it has. */
function bombZip(claimed = 2048 * mebibyte): Buffer {
  // Deflated blocks that end on a byte with nothing to look back to can be put one behind the other.
  const block = deflateRawSync(Buffer.alloc(mebibyte, 'x'), { finishFlush: constants.Z_FULL_FLUSH });
  const content = Buffer.concat([...Array.from({ length: 2048 }, () => block), deflateRawSync('')]);
  const zip = zipOf([{ name: 'bomb.log', content, isStored: true, method: 8 }]);
  zip.writeUInt32LE(claimed, 22);
  zip.writeUInt32LE(claimed, zip.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24);
  return zip;
}

describe('files that are made to do harm', () => {
  test('a member that says it is small is not believed', async () => {
    const { status, faults } = await ingest('liar.zip', bombZip(100));
    expect(status).toBe(1);
    expect(faults.length).toBeGreaterThan(0);
  });

  test('a zip bomb is stopped', async () => {
    const { status, faults } = await ingest('bomb.zip', bombZip());
    expect(status).toBe(1);
    expect(faults.map(({ code }) => code).sort()).toEqual(['too-large', 'too-long']);
    expect(faults.map(({ reason }) => reason).join()).toContain('unpacking stopped');
  });

  test('a bomb of bombs is stopped over all its members', async () => {
    const one = bombZip();
    const members = Array.from({ length: 10 }, (_, at) => ({ name: `${at}.zip`, content: one }));
    const { status, faults } = await ingest('bombs.zip', zipOf(members));
    expect(status).toBe(1);
    expect(faults.some(({ code }) => code === 'too-large')).toBe(true);
    expect(faults.some(({ reason }) => /stopped before member/.test(reason))).toBe(true);
  });

  test('archives within archives are followed to a depth', async () => {
    let nested = zipOf([{ name: 'log.json', content: Buffer.from(jsonLines(1)) }]);
    for (let depth = 0; depth < 8; depth++) nested = zipOf([{ name: 'next.zip', content: nested }]);
    const { status, faults } = await ingest('nested.zip', nested);
    expect(status).toBe(1);
    expect(faults).toMatchObject([{ code: 'too-deep' }]);
    expect(faults[0]?.file.split('!')).toHaveLength(6);
  });

  test('paths in an archive name its members and go nowhere', async () => {
    const content = Buffer.from(jsonLines(1));
    const { status, store } = await ingest(
      'climb.zip',
      zipOf([{ name: '../../../../tmp/climb.json', content }]),
    );
    expect(status === 0 || status === 1).toBe(true);
    const rows = await searchRows(store, 'index=main | table _raw');
    expect(rows.length).toBeLessThanOrEqual(1);
  });

  test('entities of event XML are not expanded, and no file is read for them', async () => {
    const event = (id: number, computer: string) =>
      `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="P"/><EventID>${id}</EventID><EventRecordID>${id}</EventRecordID><Computer>${computer}</Computer></System></Event>\n`;
    const levels = 'abcdefghijklmnop'
      .split('')
      .map((name, at, all) => `<!ENTITY ${name} "${at === 0 ? 'lol' : `&${all[at - 1]};`.repeat(10)}">`)
      .join('');
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'open sesame');
    const doctype = `<?xml version="1.0"?><!DOCTYPE x [${levels}<!ENTITY file SYSTEM "file://${secret}">]>`;
    const { status, faults, store } = await ingest(
      'events.xml',
      `${doctype}<Events>${event(1, '&p;')}${event(2, '&file;')}${event(3, 'good')}</Events>`,
    );
    expect(status).toBe(0);
    expect(faults[0]).toMatchObject({ code: 'forbidden', reason: expect.stringContaining('DOCTYPE') });
    expect(faults[0]?.offset).toBeLessThanOrEqual(doctype.indexOf('<!DOCTYPE'));
    const rows = await searchRows(store, 'index=main | table _raw EventID Computer host');
    expect(rows.find(({ EventID }) => EventID === '3')).toMatchObject({ Computer: 'good', host: 'good' });
    expect(JSON.stringify(rows)).not.toContain('lollol');
    expect(JSON.stringify(rows)).not.toContain('sesame');
  });

  test.each([
    ['text', '', 'x', ''],
    ['JSON', '{"a":"', 'x', '"}'],
    ['JSON never closed', '{"a":"', 'x', ''],
    ['nested JSON', '', '[', ''],
    ['CSV', 'a,b\n1,"', 'x', '"'],
    ['XML', '<Event><System><Computer>', 'x', '</Computer></System></Event>'],
  ])('a line of 100 MB is passed over (%s)', async (_, before, filling, after) => {
    const place = join(folder, `long-${++made}`);
    const file = openSync(place, 'w');
    const head = before.startsWith('a,b') ? '' : jsonLines(1);
    writeSync(file, head + before);
    const block = Buffer.alloc(mebibyte, filling);
    for (let written = 0; written < 100; written++) writeSync(file, block);
    writeSync(file, `${after}\n`);
    closeSync(file);
    const { status, faults } = await ingestPath(place);
    expect([0, 1]).toContain(status);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThan(20);
    expect(faults.map(({ code }) => code)).toEqual(expect.arrayContaining([expect.stringMatching(/^too-/)]));
  });

  test('the good lines around a line of 100 MB are kept', async () => {
    const long = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.alloc(100 * mebibyte, 'x'),
      Buffer.from('"}\n'),
    ]);
    const { status, faults, store } = await ingest(
      'long.json',
      Buffer.concat([Buffer.from(jsonLines(2)), long, Buffer.from(jsonLines(2, 2))]),
    );
    expect(status).toBe(0);
    expect(faults).toMatchObject([{ code: 'too-long', offset: jsonLines(2).length }]);
    expect(await searchRows(store, 'index=main | sort n | table n')).toEqual(
      ['0', '1', '2', '3'].map((n) => ({ n })),
    );
  });
});

describe('places that cannot be read or written', () => {
  const isRoot = process.getuid?.() === 0;
  const nobody = 65_534;
  const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  const has = (command: string, ...args: readonly string[]) => spawnSync(command, args).status === 0;
  const launcher = isRoot ? asNobody : [];
  const canBeNobody = !isRoot || has('setpriv', ...asNobody.slice(1), process.execPath, '--version');

  test('a path that is not there is named; the others are read, and no store is made for none', async () => {
    const missing = join(folder, 'missing.evtx');
    const none = join(folder, 'store-for-none');
    const alone = await runKeizu(['ingest', missing, '--store', none]);
    expect({ status: alone.status, stdout: alone.stdout }).toEqual({ status: 1, stdout: '' });
    expect(alone.stderr).toBe(`keizu: there is no such file or folder: ${missing}\n`);
    expect(existsSync(none)).toBe(false);
    const good = join(folder, 'good.json');
    writeFileSync(good, jsonLines(3));
    const both = await runKeizu(['ingest', missing, good, '--store', none]);
    expect(both.status).toBe(1);
    expect(both.stdout).toContain('3 new events, 0 duplicates, 0 faults');
    expect(both.stderr).toBe(alone.stderr);
  });

  test.skipIf(!canBeNobody)('what may not be read is a fault, the rest is read', async () => {
    const place = join(folder, 'permissions');
    const store = join(folder, 'store-of-nobody');
    mkdirSync(join(place, 'closed'), { recursive: true });
    mkdirSync(store);
    writeFileSync(join(place, 'good.json'), jsonLines(3));
    writeFileSync(join(place, 'secret.json'), jsonLines(3));
    chmodSync(folder, 0o755);
    chmodSync(join(place, 'closed'), 0);
    chmodSync(join(place, 'secret.json'), 0);
    if (isRoot) chownSync(store, nobody, nobody);
    const run = await runKeizu(['ingest', place, '--store', store], { launcher });
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('3 new events, 0 duplicates, 2 faults');
    for (const name of ['closed', 'secret.json'])
      expect(run.stderr).toContain(`fault: ${join(place, name)} at byte 0: no permission to read it`);
    chmodSync(join(place, 'closed'), 0o755);
  });

  test.skipIf(!canBeNobody)('a store that may not be written is named', async () => {
    const closed = join(folder, 'closed-store');
    mkdirSync(closed);
    chmodSync(folder, 0o755);
    chmodSync(closed, isRoot ? 0o700 : 0o500);
    const good = join(folder, 'readable.json');
    writeFileSync(good, jsonLines(1));
    const { status, stderr } = await runKeizu(['ingest', good, '--store', closed], { launcher });
    expect(status).toBe(1);
    expect(stderr).toContain(closed);
    expect(stderr).toContain('permission denied');
    expect(stderr).not.toMatch(/\n {4}at /);
    chmodSync(closed, 0o700);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'output and lists of faults that cannot be written end the command',
    async () => {
      const store = join(folder, 'store-full-output');
      const good = join(folder, 'full-output.json');
      writeFileSync(good, `${jsonLines(1)}{"torn\n`);
      const inShell = ['sh', '-c', 'exec "$@" > /dev/full', 'sh'];
      const list = await runKeizu(['ingest', good, '--store', store, '--faults', '/dev/full']);
      expect(list.status).toBe(1);
      expect(list.stderr).toContain('/dev/full');
      expect(list.stderr).toContain('no space left');
      expect(list.stderr).not.toMatch(/\n {4}at /);
      const { status, stderr } = await runKeizu(['search', 'index=main', '--store', store], {
        launcher: inShell,
      });
      expect(status).toBe(1);
      expect(stderr).toContain('cannot write the output');
      expect(stderr).toContain('no space left');
      expect(stderr).not.toMatch(/\n {4}at /);
    },
  );

  /** A disk of its own, which ends with the process that sees it. */
  const disk = join(folder, 'disk');
  const onDisk = (size: string, ...args: readonly string[]) => {
    const script = `mount -t tmpfs -o size=${size} tmpfs '${disk}' && "$@"; echo "first $?"; mount -o remount,size=1g '${disk}' && "$@"; echo "second $?"`;
    return runKeizu(args, { launcher: ['unshare', '--mount', 'sh', '-c', script, 'sh'] });
  };
  mkdirSync(disk);
  const canMount = has('unshare', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', disk);

  test.skipIf(!canMount).each(['1m', '8m'])(
    'a full disk of %s ends the ingest; with room, the same ingest adds what is missing',
    async (size) => {
      const logs = join(folder, 'many.json');
      const line = (at: number) =>
        `${JSON.stringify({ _time: '2024-05-14T00:00:00Z', host: 'h', n: at, id: createHash('sha512').update(String(at)).digest('base64') })}\n`;
      writeFileSync(logs, Array.from({ length: 60_000 }, (_, at) => line(at)).join(''));
      const { stdout, stderr } = await onDisk(size, 'ingest', logs, '--store', join(disk, 'store'), '--json');
      expect(stderr).toContain(join(disk, 'store'));
      expect(stderr).toMatch(/no space left|not enough space/i);
      expect(stderr).toContain('Make room on the disk');
      expect(stderr).not.toMatch(/\n {4}at /);
      const [first, second, third] = stdout.trimEnd().split('\n');
      expect(first).toBe('first 1');
      expect(third).toBe('second 0');
      const { records, events, duplicates } = JSON.parse(second ?? '');
      expect({ records, all: events + duplicates }).toEqual({ records: 60_000, all: 60_000 });
    },
  );
});

describe('searches that are made to do harm', () => {
  const store = join(folder, 'store-searches');
  const inStore = ['--store', store];

  beforeAll(async () => {
    const logs = join(folder, 'texts.json');
    const texts = [30, 60, 5_000, 100_000].map((size) => `${'a'.repeat(size)}!`);
    writeFileSync(logs, texts.map((text) => `${JSON.stringify({ host: 'h', text })}\n`).join(''));
    expect((await runKeizu(['ingest', logs, ...inStore])).status).toBe(0);
  });

  test.each(['^(a+)+$', '^(a|aa)+$', '^(a|a?)+$', '^(.*a){20}$'])(
    '%s, which backtracks without end elsewhere, is answered',
    async (pattern) => {
      const { status, stdout } = await runKeizu([
        'search',
        `index=main | regex text="${pattern}" | stats count`,
        ...inStore,
        '--format',
        'csv',
      ]);
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'count\r\n0\r\n' });
    },
  );

  test.each([
    ['regex', 'regex text="(?=a)(a+)+$"'],
    ['regex', String.raw`regex text="^(a+)+\1$"`],
    ['rex', 'rex field=text "(?<p>(?<!x)(a|aa)+$)"'],
    ['rex', 'rex field=text mode=sed "s/(?=a)(a+)+$/b/"'],
    ['eval', 'eval p=replace(text, "(?=a)(a+)+$", "b")'],
    ['where', 'where match(text, "(?=a)(a+)+$")'],
  ])('%s: %s is stopped, and the pattern is shown', async (_, command) => {
    const { status, stdout, stderr, peakMemory } = await runKeizu([
      'search',
      `index=main | ${command} | table p`,
      ...inStore,
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: the regular expression took more than \d+ ms .*\(line 1, column \d+\)\n/);
    expect(stderr).toMatch(/\n +~+\n/);
    expect(peakMemory).toBeLessThan(memoryBound);
  });

  test.each([
    ['parentheses', `${'('.repeat(20_000)}a=1${')'.repeat(20_000)}`],
    ['expressions', `index=main | eval a=${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['subsearches', `index=main ${'[search '.repeat(5_000)}a${']'.repeat(5_000)}`],
    ['operators', `index=main | eval a=${'-'.repeat(20_000)}1`],
    ['negations', `index=main ${'NOT '.repeat(20_000)}a`],
    ['stages', `index=main ${'| eval a=1 '.repeat(5_000)}`],
    ['terms', `index=main ${'a=1 OR '.repeat(20_000)}a=2`],
    ['quotes', `index=main ${'"'.repeat(20_001)}`],
  ])('thousands of %s end with an answer or an error of few lines', async (_, text) => {
    const { status, stderr, peakMemory } = await runKeizu(['search', '-', ...inStore], { input: text });
    expect([0, 1]).toContain(status);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(stderr.length).toBeLessThan(20_000);
    if (status === 1) expect(stderr).toMatch(/^(?:error|keizu): /);
    expect(peakMemory).toBeLessThan(2 * memoryBound);
  });

  test('--max-time stops a search', async () => {
    const search = '| makeresults count=1000000 | eval n=mvrange(0,200) | mvexpand n | stats sum(n) BY n';
    const { status, stderr, peakMemory } = await runKeizu(['search', search, ...inStore, '--max-time', '1']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/Timeout exceeded|more time/);
    expect(peakMemory).toBeLessThan(3 * memoryBound);
  });
});

describe('what an attacker wrote, shown', () => {
  const store = join(folder, 'store-hostile');
  const long = `cmd.exe /c ${'A'.repeat(mebibyte)}`;
  const rows = [
    { n: '1', text: '\u001b[2J\u001b]0;owned\u0007', formula: '=cmd|calc' },
    { n: '2', text: 'photo\u202egnp.exe\u2066', formula: '@SUM(1)' },
    { n: '3', text: 'nul\0byte \u009b31m', formula: '+1+cmd' },
    { n: '4', text: 'evil\rgood', formula: '-1+cmd' },
    { n: '5', text: long, formula: '\t=1', 'name\u001b[31m': 'v' },
  ];
  const search = 'index=main | sort n | table n text formula name*';

  beforeAll(async () => {
    const logs = join(folder, 'hostile\u001b[31m.json');
    writeFileSync(
      logs,
      `${rows.map((row) => JSON.stringify({ host: '\u001b[1mh', ...row })).join('\n')}\n{"torn\n`,
    );
    const { status, stdout, stderr } = await runKeizu(['ingest', logs, '--store', store]);
    expect(status).toBe(0);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(stderr).toContain('hostile\\x1b[31m.json');
  });

  // C0 but for tabs and line ends, DEL, C1, and the marks that turn the direction of writing.
  const obeyed = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)/;

  test.each(['table', 'json', 'csv'])('nothing in %s is obeyed by a terminal', async (form) => {
    const { status, stdout, stderr, peakMemory } = await runKeizu([
      'search',
      search,
      '--store',
      store,
      '--format',
      form,
    ]);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(obeyed);
    expect(stderr).not.toMatch(obeyed);
    expect(stdout).toContain(long);
    expect(stdout.length).toBeLessThan(long.length + 20_000);
    expect(peakMemory).toBeLessThan(memoryBound);
  });

  test('JSON gives every character back', async () => {
    const found = await searchRows(store, search);
    expect(found).toEqual(rows);
  });

  test('CSV shows what cannot be shown, and disarms formulas', async () => {
    const { stdout } = await runKeizu(['search', search, '--store', store, '--format', 'csv']);
    const lines = stdout.split('\r\n');
    expect(lines.slice(0, 5)).toEqual([
      'n,text,formula,name\\x1b[31m',
      '1,"\\x1b[2J\\x1b]0;owned\\x07",\'=cmd|calc,',
      "2,photo\\u202egnp.exe\\u2066,'@SUM(1),",
      "3,nul\\x00byte \\x9b31m,'+1+cmd,",
      "4,evil\\rgood,'-1+cmd,",
    ]);
    expect(lines[5]?.endsWith(",'\t=1,v")).toBe(true);
  });

  test('a tree of such names is printed', async () => {
    const { status, stdout } = await runKeizu([
      'search',
      'index=main | eval child=text, parent="root" | pstree child=child parent=parent detail=formula | table tree',
      '--store',
      store,
    ]);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(obeyed);
    expect(stdout).toContain('photo\\u202egnp.exe');
  });
});
