import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import packageFacts from '../package.json' with { type: 'json' };
import { ingestSummary, program, runKeizu, searchRows, temporaryFolder } from './run-keizu.ts';

const folder = temporaryFolder();
const logs = join(folder, 'logs');
const store = join(folder, 'store');
const inStore = ['--store', store];

/** 2,000 lines of a day, one a host in ten, with a bad one in the middle. */
function writeLogs(): void {
  mkdirSync(logs);
  const lines: string[] = [];
  for (let at = 0; at < 2_000; at++) {
    const time = new Date(Date.UTC(2024, 4, 14) + at * 40_000).toISOString();
    lines.push(
      JSON.stringify({ _time: time, host: `host-${at % 10}`, number: at, padding: 'x'.repeat(200) }),
    );
  }
  lines.splice(1_000, 0, '{"torn": ');
  writeFileSync(join(logs, 'day.json'), `${lines.join('\n')}\n`);
  writeFileSync(
    join(logs, 'edges.json'),
    [
      { _time: '2024-05-13T23:00:00.1234567Z', host: 'tree', parent: 'a', child: 'b', detail: 'first' },
      { _time: '2024-05-13T23:00:01Z', host: 'tree', parent: 'b', child: 'c', detail: 'second' },
    ]
      .map((row) => JSON.stringify(row))
      .join('\n'),
  );
}

const tree = 'index=main host=tree | pstree child=child parent=parent detail=detail spaces=20 | table tree';
const treeLines = ['a', `|--- b${' '.repeat(14)}first`, `\`\` |--- c${' '.repeat(11)}second`];

const ansi = '\u001b';

beforeAll(async () => {
  writeLogs();
  await ingestSummary(store, logs);
});

describe('help and usage', () => {
  test.each([['--help'], ['help'], ['-h']])('%s lists the commands', async (flag) => {
    const { status, stdout, stderr } = await runKeizu([flag]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of ['ingest', 'search', 'explain', 'demo']) expect(stdout).toMatch(`\n  ${command} `);
  });

  test.each(['ingest', 'search', 'explain', 'demo'])('help of %s lists its options', async (command) => {
    const [one, other] = await Promise.all([runKeizu([command, '--help']), runKeizu(['help', command])]);
    expect(one.status).toBe(0);
    expect(one.stdout).toContain(`Usage: keizu ${command} [options]`);
    expect(other.stdout).toBe(one.stdout);
  });

  test('help does not load the engine', async () => {
    const { peakMemory } = await runKeizu(['--help']);
    expect(peakMemory).toBeLessThan(120);
  });

  test('the version is that of package.json', async () => {
    expect((await runKeizu(['--version'])).stdout).toBe(`${packageFacts.version}\n`);
  });

  test.each([
    [['serach', 'x'], "unknown command 'serach'", 'Did you mean search?'],
    [['search', 'x', '--nope'], "unknown option '--nope'", 'keizu help'],
    [['search', 'x', '--formta', 'csv'], "unknown option '--formta'", 'Did you mean --format?'],
    [['search'], "missing required argument 'spl'", 'keizu help'],
    [['search', 'x', 'y'], 'too many arguments', 'keizu help'],
    [['search', 'x', '--format', 'yaml'], "'yaml' is invalid", 'table, json, csv'],
    [['search', 'x', '--max-time', 'soon'], "'soon' is invalid", 'whole number'],
    [['search', 'x', '--earliest', 'someday'], '--earliest: someday is no time', '-24h'],
    [['search', 'x', '--latest', 'someday'], '--latest: someday is no time', '-24h'],
    [['search', 'x', '--timezone', 'Mars'], 'no zone is called Mars', 'Asia/Tokyo'],
    [['search', 'x', '--store', 'clickhouse://db'], 'not clickhouse://db', 'folder'],
    [['ingest'], "missing required argument 'path'", 'keizu help'],
    [['ingest', 'x', '--index', '*'], "'*' is invalid", 'letters'],
    [['ingest', 'x', '--index', ''], 'is invalid', 'letters'],
    [['ingest', 'x', '--logformat', '%ts%tu'], 'nothing between', 'keizu help'],
    [['ingest', 'x', '--logformat', 'no such file'], 'is invalid', 'squid.conf'],
    [['demo'], "required option '--out <dir>'", 'keizu help'],
    [['demo', '--out', 'x', '--hosts', '1'], "'1' is invalid", 'from 2 to'],
  ])('%j is wrong usage: what, and how it is right', async (args, what, how) => {
    const { status, stdout, stderr } = await runKeizu(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(what);
    expect(stderr).toContain(how);
  });

  test('without a command the help goes to standard error', async () => {
    const { status, stdout, stderr } = await runKeizu([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: keizu');
  });
});

describe('ingest', () => {
  const first = join(folder, 'first');
  const faults = join(folder, 'faults.jsonl');

  test('prints a summary, each fault once, and adds nothing the second time', async () => {
    const run = await runKeizu(['ingest', logs, '--store', first, '--faults', faults]);
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/^read 2 files \(\S+ kB\), 2,002 records in \d+\.\d s \([\d,]+\/s\)\n/);
    expect(run.stdout).toMatch(/\n {2} +2,002 {2}generic\n/);
    expect(run.stdout).toMatch(/\n2,002 new events, 0 duplicates, 1 fault\n$/);
    expect(run.stderr).toMatch(/^fault: .*day\.json at byte [\d,]+: .+\n$/);
    const again = await runKeizu(['ingest', logs, '--store', first]);
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/\n0 new events, 2,002 duplicates, 1 fault\n$/);
    expect(await searchRows(first, '* | stats count')).toEqual([{ count: 2_002 }]);
  });

  test('--faults has one object a line that says where and why', () => {
    const offset = readFileSync(join(logs, 'day.json'), 'utf8').indexOf('{"torn"');
    const lines = readFileSync(faults, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { file: join(logs, 'day.json'), offset, length: 8, code: 'bad-syntax', reason: expect.any(String) },
    ]);
  });

  test('--json prints the same facts as one line', async () => {
    const { status, stdout } = await runKeizu(['ingest', logs, '--store', join(folder, 'json'), '--json']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    const bytes = readdirSync(logs).reduce((sum, name) => sum + readFileSync(join(logs, name)).length, 0);
    expect(JSON.parse(stdout)).toEqual({
      files: 2,
      bytes,
      records: 2_002,
      events: 2_002,
      duplicates: 0,
      faults: 1,
      seconds: expect.any(Number),
      products: { generic: 2_002 },
    });
  });

  test('--index keeps events apart', async () => {
    const edges = join(logs, 'edges.json');
    const indexes = join(folder, 'indexes');
    for (const index of ['one', 'other'])
      expect(await ingestSummary(indexes, edges, '--index', index)).toMatchObject({
        events: 2,
        duplicates: 0,
      });
    expect(await searchRows(indexes, 'index=other | stats count')).toEqual([{ count: 2 }]);
    expect(await searchRows(indexes, 'index=* host=tree | stats count by index')).toEqual([
      { index: 'one', count: 2 },
      { index: 'other', count: 2 },
    ]);
  });

  test('KEIZU_STORE and, without it, the data folder of the user say where the store is', async () => {
    const edges = join(logs, 'edges.json');
    for (const environment of [
      { KEIZU_STORE: join(folder, 'by-variable') },
      { XDG_DATA_HOME: join(folder, 'data') },
      { HOME: join(folder, 'home') },
    ] as Readonly<Record<string, string>>[]) {
      expect((await runKeizu(['ingest', edges], { environment })).status).toBe(0);
      const { stdout } = await runKeizu(['search', 'index=main | stats count', '--format', 'csv'], {
        environment,
      });
      expect(stdout).toBe('count\r\n2\r\n');
    }
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['by-variable', 'data', 'home']));
  });
});

describe('search', () => {
  const search = (text: string, ...args: readonly string[]) =>
    runKeizu(['search', text, ...inStore, ...args]);

  test('table: aligned columns, then what was scanned on standard error', async () => {
    const { status, stdout, stderr } = await search(
      'index=main host=host-3 | stats count, max(number) AS most by host',
    );
    expect(status).toBe(0);
    expect(stdout).toBe('host    count  most\n------  -----  ----\nhost-3    200  1993\n');
    expect(stderr).toBe(
      '1 row; scanned 2,002 events of 11 hosts, 2024-05-13T23:00:00.123Z to 2024-05-14T22:12:40.000Z; 1 fault at ingest\n',
    );
  });

  test('json: one object a line, what has no value left out', async () => {
    const text = 'index=main host=tree | sort child | table _time child nothing number';
    expect((await search(text, '--format', 'json')).stdout).toBe(
      '{"_time":"2024-05-13T23:00:00.1234567Z","child":"b"}\n{"_time":"2024-05-13T23:00:01.0000000Z","child":"c"}\n',
    );
  });

  test('csv: a header, RFC 4180 line ends and quotes', async () => {
    const text =
      'index=main host=tree | sort child | eval quoted="say \\"" . child . "\\", so" | table child quoted';
    expect((await search(text, '--format', 'csv')).stdout).toBe(
      'child,quoted\r\nb,"say ""b"", so"\r\nc,"say ""c"", so"\r\n',
    );
  });

  test('no rows: no table, no object, a CSV header', async () => {
    const text = 'index=main host=nobody | table host number';
    expect((await search(text)).stdout).toBe('');
    expect((await search(text, '--format', 'json')).stdout).toBe('');
    const { status, stdout, stderr } = await search(text, '--format', 'csv');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'host,number\r\n' });
    expect(stderr).toMatch(/^0 rows; scanned 2,002 events of 11 hosts/);
  });

  test('a multivalue tree: a value a line, a JSON array, lines within a CSV cell', async () => {
    const table = await search(tree);
    expect(table.stdout.split('\n')).toEqual(['tree', expect.stringMatching(/^-+$/), ...treeLines, '']);
    expect(JSON.parse((await search(tree, '--format', 'json')).stdout)).toEqual({ tree: treeLines });
    expect((await search(tree, '--format', 'csv')).stdout).toBe(`tree\r\n"${treeLines.join('\n')}"\r\n`);
  });

  test('--earliest and --latest bound the search, half open, and what was scanned', async () => {
    const range = ['--earliest', '2024-05-14T00:00:40Z', '--latest', '2024-05-14T00:02:00Z'];
    const { stdout, stderr } = await search(
      'index=main | sort number | table number',
      ...range,
      '--format',
      'csv',
    );
    expect(stdout).toBe('number\r\n1\r\n2\r\n');
    expect(stderr).toBe(
      '2 rows; scanned 2 events of 2 hosts, 2024-05-14T00:00:40.000Z to 2024-05-14T00:01:20.000Z; 1 fault at ingest\n',
    );
  });

  test('--timezone is the zone in which times are read, snapped and written by the language', async () => {
    const text =
      'index=main number=0 | eval day=strftime(_time,"%F %H:%M") | bin _time span=1d | eval bin=_time | table day bin';
    const rows = async (zone: string) =>
      JSON.parse((await search(text, '--timezone', zone, '--format', 'json')).stdout);
    const midnight = Date.UTC(2024, 4, 14) / 1000;
    expect(await rows('UTC')).toMatchObject({ day: '2024-05-14 00:00' });
    expect(await rows('Asia/Tokyo')).toMatchObject({ day: '2024-05-14 09:00' });
    expect(Number((await rows('UTC')).bin)).toBe(midnight);
    expect(Number((await rows('America/New_York')).bin)).toBe(midnight - 20 * 3600);
  });

  test('--timezone is the clock of a table; JSON and CSV keep UTC', async () => {
    const text = 'index=main number=0 | table _time';
    const shown = async (form: string) =>
      (await search(text, '--timezone', 'Asia/Tokyo', '--format', form)).stdout;
    expect(await shown('table')).toContain('2024-05-14 09:00:00.000');
    expect(await shown('json')).toBe('{"_time":"2024-05-14T00:00:00.0000000Z"}\n');
    expect(await shown('csv')).toBe('_time\r\n2024-05-14T00:00:00.0000000Z\r\n');
  });

  test('a range without a zone is read in --timezone', async () => {
    const count = async (zone: string) => {
      const args = ['--latest', '05/14/2024:00:01:00', '--timezone', zone, '--format', 'csv'];
      return (await search('index=main number=* | stats count', ...args)).stdout.split('\r\n')[1];
    };
    expect(await count('UTC')).toBe('2');
    expect(await count('America/New_York')).toBe('362');
  });

  test('a search from standard input, with comments and line ends', async () => {
    const { status, stdout } = await runKeizu(['search', '-', ...inStore, '--format', 'csv'], {
      input: 'index=main host=host-1\r\n```how many```\n| stats count\n',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'count\r\n200\r\n' });
  });

  test.each(['table', 'json', 'csv'])('a reader that has enough ends a search quietly (%s)', async (form) => {
    const { status, stderr } = await runKeizu(
      ['search', 'index=main | table _raw', ...inStore, '--format', form],
      { closeOutputAfter: 1 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('nothing but text goes to a pipe, whatever the environment asks for', async () => {
    const environment = { FORCE_COLOR: '3', TERM: 'xterm-256color', COLORTERM: 'truecolor' };
    for (const args of [
      ['search', 'index=main | table _raw', ...inStore],
      ['search', 'index=main | frob', ...inStore],
      ['explain', 'index=main | stats count', ...inStore],
      ['ingest', logs, ...inStore],
      ['--help'],
    ]) {
      const { stdout, stderr } = await runKeizu(args, { environment });
      expect(stdout.includes(ansi) || stderr.includes(ansi)).toBe(false);
      expect(stdout.replaceAll('\r\n', '').includes('\r') || stderr.includes('\r')).toBe(false);
    }
  });

  test.each([
    ['index=main "unclosed', 'no closing "', '~'],
    ['index=main | frob', 'Unknown command "frob"', 'nearest name'],
    ['index=main | eval a=nosuch(1)', 'nosuch', '~'],
    ['index=main | eval', 'field=expression', '~'],
    ['index=main | rex "("', 'missing', '~'],
    ['', 'The search is empty', 'Write *'],
    ['index=main | transaction host', 'transaction', 'not supported'],
  ])('%j fails, with the place and what to do', async (text, what, how) => {
    const { status, stdout, stderr } = await search(text);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: .+ \(line 1, column \d+\)\n/);
    expect(stderr).toContain(what);
    expect(stderr).toContain(how);
  });
});

describe('the store', () => {
  test('a search makes no store: not where nothing is, and not in a folder that is empty', async () => {
    const nothing = join(folder, 'nothing');
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    for (const place of [nothing, empty]) {
      for (const command of ['search', 'explain']) {
        const { status, stdout, stderr } = await runKeizu([command, 'index=main', '--store', place]);
        expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
        expect(stderr).toContain(`there is no store at ${place}`);
        expect(stderr).toContain('keizu ingest');
      }
    }
    expect(existsSync(nothing)).toBe(false);
    expect(readdirSync(empty)).toEqual([]);
  });

  test('a folder of other things is left alone', async () => {
    const { status, stderr } = await runKeizu(['ingest', logs, '--store', logs]);
    expect(status).toBe(1);
    expect(stderr).toContain(`${logs} is not a store`);
    expect(readdirSync(logs).sort()).toEqual(['day.json', 'edges.json']);
  });

  test('one that another process has is named, with that process', async () => {
    const holder = join(import.meta.dirname, 'children', 'hold-store.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', holder, store], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await once(child.stdout, 'data');
      for (const args of [
        ['search', 'index=main'],
        ['explain', 'index=main'],
        ['ingest', logs],
      ]) {
        const { status, stdout, stderr } = await runKeizu([...args, ...inStore]);
        expect({ status, stdout: args[0] === 'explain' ? '' : stdout }).toEqual({ status: 1, stdout: '' });
        expect(stderr).toContain(`${store} is used by process ${child.pid}`);
        expect(stderr).toContain('--store');
      }
    } finally {
      child.stdin.end();
      await once(child, 'exit');
    }
    expect(await searchRows(store, 'index=main host=tree | stats count')).toEqual([{ count: 2 }]);
  });
});

describe('explain', () => {
  test('prints tokens, tree, plan and SQL, and runs nothing', async () => {
    const { status, stdout, stderr } = await runKeizu([
      'explain',
      'index=main host="host-3" | where number > 5 | stats count by host',
      ...inStore,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const headings = [...stdout.matchAll(/^== (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      'tokens',
      'tree',
      'plan',
      'fields read of each event',
      'SQL: the rows of the result',
    ]);
    expect(stdout).toMatch(/^word +index$/m);
    expect(stdout).toContain('"kind": "stats"');
    expect(stdout).toMatch(/^SELECT .* FROM events /m);
    expect(stdout).toContain('= "host-3"');
    expect(stdout).not.toMatch(/'host-3'/);
  });

  test('a faulty search is shown as far as it goes', async () => {
    const { status, stdout, stderr } = await runKeizu(['explain', 'index=main | frob', ...inStore]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^== tokens\n[\s\S]*command +frob\n$/);
    expect(stderr).toContain('Unknown command "frob"');
  });
});

describe('on a terminal', () => {
  const hasScript = spawnSync('script', ['--version']).status === 0;
  const terminal = (command: string) =>
    spawnSync('script', ['--quiet', '--command', `stty cols 100; ${command}`, '/dev/null'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'xterm' },
    }).stdout;

  test.skipIf(!hasScript)('an ingest shows how far it is and clears that away', () => {
    const shown = terminal(`'${process.execPath}' '${program}' ingest '${logs}' --store '${store}'`);
    expect(shown).toMatch(
      /\r\u001b\[2K\[[#.]{24}\] [\d.]+ \w+ of 559\.\d kB {2}[\d,]+ records {2}[\d,]+\/s /,
    );
    const lines = shown.split('\n').map((line) => line.slice(line.lastIndexOf('\r\u001b[2K') + 1));
    expect(lines.find((line) => line.includes('fault: '))).toMatch(/^(?:\u001b\[2K)?fault: /);
    expect(lines.find((line) => line.includes('read 2 files'))).toMatch(/^(?:\u001b\[2K)?read 2 files/);
  });

  test.skipIf(!hasScript)('what an attacker wrote does not reach it as it is', () => {
    const hostile = join(folder, 'hostile.json');
    writeFileSync(hostile, JSON.stringify({ host: 'h', text: `\u001b]0;owned\u0007\u202egnp.exe` }));
    terminal(`'${process.execPath}' '${program}' ingest '${hostile}' --index hostile --store '${store}'`);
    const shown = terminal(
      `'${process.execPath}' '${program}' search 'index=hostile | table text' --store '${store}'`,
    );
    expect(shown).toContain('\\x1b]0;owned\\x07\\u202egnp.exe');
    expect(shown).not.toContain('\u001b]0');
    expect(shown).not.toContain('\u202e');
  });
});
