import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseIsoTicks } from '../core/ticks.ts';
import type { FieldValue } from '../events/event.ts';
import type { EmbeddedStore } from '../store/embedded/embedded-store.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Cell, StoredEvent } from '../store/store.ts';
import { explainPlan } from './explain.ts';
import { planSearch, runSearch, type SearchOptions } from './run.ts';
import { SearchError } from './search-error.ts';

const START = parseIsoTicks('2023-11-14T22:13:20Z') ?? 0n;
const strange = 'we`ird "name\'';

function event(second: number, index: string, fields: Record<string, FieldValue>): StoredEvent {
  const time = START + BigInt(second) * 10_000_000n;
  return {
    event: {
      time,
      timeSource: 'UtcTime',
      host: 'ws1',
      source: 'xmlwineventlog:microsoft-windows-sysmon/operational',
      sourcetype: 'xmlwineventlog',
      product: 'sysmon',
      eventClass: 'process-start',
      raw: `raw ${second}`,
      fields,
    },
    index,
    arrival: time,
    origin: 'log',
    offset: second,
    fingerprint: new Uint8Array(16).fill((second % 200) + (index === 'main' ? 1 : 7)),
  };
}

const events: readonly StoredEvent[] = [
  event(0, 'main', {
    EventCode: '1',
    Image: 'C:\\Windows\\explorer.exe',
    ParentImage: 'C:\\Windows\\userinit.exe',
    ProcessId: '10',
    ParentProcessId: '5',
    CommandLine: 'explorer',
    user: 'wallylambic',
    n: '1',
    kind: 'ok',
    mv: ['a', 'b'],
  }),
  event(1, 'main', {
    EventCode: '1',
    Image: 'C:\\Office\\EXCEL.EXE',
    ParentImage: 'C:\\Windows\\explorer.exe',
    ProcessId: '20',
    ParentProcessId: '10',
    CommandLine: 'excel Salaries.xls',
    user: 'wallylambic',
    n: '2',
    [strange]: 'x',
  }),
  event(2, 'main', {
    EventCode: '1',
    Image: 'C:\\Windows\\System32\\cmd.exe',
    ParentImage: 'C:\\Office\\EXCEL.EXE',
    ProcessId: '30',
    ParentProcessId: '20',
    CommandLine: 'cmd /c foo foo foo',
    user: ['wallylambic', 'other'],
    n: '3',
    kind: 'bad',
  }),
  event(3, 'main', { EventCode: '3', n: '10', 'a.b': 'dot' }),
  event(0, 'elsewhere', { n: '99' }),
];

let place: string;
let store: EmbeddedStore;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'keizu-run-'));
  store = await openEmbeddedStore(place);
  await store.write(events);
});

afterAll(async () => {
  await store.close();
  rmSync(place, { recursive: true, force: true });
});

interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly codes: readonly string[];
}

async function search(text: string, options?: SearchOptions): Promise<Result> {
  const run = await runSearch(store, text, options);
  const rows: (readonly Cell[])[] = [];
  for await (const block of run.rows) rows.push(...block);
  return {
    columns: run.columns.map(({ name }) => name),
    rows,
    codes: run.diagnostics.map(({ code }) => code),
  };
}

async function rowsOf(text: string, options?: SearchOptions) {
  return (await search(text, options)).rows;
}

async function faultsOf(text: string): Promise<readonly string[]> {
  try {
    await search(text);
  } catch (error) {
    if (error instanceof SearchError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('raw events', () => {
  test('come newest first, with what all have, then the fields that these have by name', async () => {
    const { columns, rows } = await search('index=main EventCode=3');
    expect(columns).toEqual([
      '_time',
      'host',
      'source',
      'sourcetype',
      'index',
      '_raw',
      'EventCode',
      'a.b',
      'n',
    ]);
    expect(rows).toEqual([
      [
        START + 30_000_000n,
        'ws1',
        'xmlwineventlog:microsoft-windows-sysmon/operational',
        'xmlwineventlog',
        'main',
        'raw 3',
        '3',
        'dot',
        '10',
      ],
    ]);
    expect((await rowsOf('index=main | fields n')).map((row) => row.at(-1))).toEqual(['10', '3', '2', '1']);
  });

  test('keep what was renamed and lose what was removed or overwritten', async () => {
    const { columns, rows } = await search(
      'index=main | rename n AS number kind AS _raw | fields - Image ParentImage CommandLine user Process* Parent* mv w* a.b EventCode',
    );
    expect(columns).toEqual(['_time', 'host', 'source', 'sourcetype', 'index', '_raw', 'number']);
    expect(rows.map((row) => row.slice(-2))).toEqual([
      [null, '10'],
      ['bad', '3'],
      [null, '2'],
      ['ok', '1'],
    ]);
  });

  test('show only the fields that the rows have for a pattern of all', async () => {
    expect((await search('index=main EventCode=3 | table *')).columns).toEqual([
      'EventCode',
      'a.b',
      'host',
      'index',
      'n',
      'source',
      'sourcetype',
    ]);
    expect((await search('index=main | stats values(*) AS * BY EventCode')).columns).toContain('mv');
  });

  test('fillnull without a list fills every field that they have', async () => {
    expect(await rowsOf('index=main | fillnull value=- | table n kind a.b mv | sort n')).toEqual([
      ['1', 'ok', '-', ['a', 'b']],
      ['2', '-', '-', ['-']],
      ['3', 'bad', '-', ['-']],
      ['10', '-', 'dot', ['-']],
    ]);
  });

  test('dedup keeps whole events', async () => {
    const { columns, rows } = await search('index=main | dedup EventCode');
    expect(rows.map((row) => row[columns.indexOf('n')])).toEqual(['10', '3']);
    expect(rows.map((row) => row[columns.indexOf('_raw')])).toEqual(['raw 3', 'raw 2']);
  });
});

describe('names from outside', () => {
  test('of any characters are columns, fields and series', async () => {
    const quoted = '"we`ird \\"name\'"';
    expect(
      await search(`index=main n=2 | table ${quoted} | rename ${quoted} AS "b\`; DROP TABLE events"`),
    ).toMatchObject({
      columns: ['b`; DROP TABLE events'],
      rows: [['x']],
    });
    expect(await search('index=main n=3 | eval "{CommandLine}"=1 | table cmd*')).toMatchObject({
      columns: ['cmd /c foo foo foo'],
      rows: [[1]],
    });
  });
});

describe('patterns that the store’s RE2 does not know', () => {
  test('run in expressions', async () => {
    expect(
      await rowsOf('index=main | eval x=if(match(Image,"(?i)windows(?!.*System32)"),"yes","no") | table n x'),
    ).toEqual([
      ['10', 'no'],
      ['3', 'no'],
      ['2', 'no'],
      ['1', 'yes'],
    ]);
    expect(
      await rowsOf('index=main | eval y=replace(CommandLine,"foo(?= foo)","bar") | where y!="" | table y'),
    ).toEqual([['cmd /c bar bar foo'], ['excel Salaries.xls'], ['explorer']]);
  });

  test('filter rows; a row without the field matches neither way', async () => {
    expect(await rowsOf('index=main | where match(Image,"^(?!.*Windows)") AND n<9 | table n')).toEqual([
      ['2'],
    ]);
    expect(await rowsOf('index=main | where NOT match(Image,"^(?!.*Windows)") | table n')).toEqual([
      ['3'],
      ['1'],
    ]);
    expect(await rowsOf('index=main | regex Image="(?<!x)cmd" | table n')).toEqual([['3']]);
  });

  test('are refused where they would run for each value', async () => {
    expect(await faultsOf('index=main | eval z=mvfilter(match(mv,"(?!a)"))')).toEqual([
      'regex-not-supported-here',
    ]);
  });

  test('that backtrack without end are stopped', async () => {
    const text = 'a'.repeat(40);
    expect(await faultsOf(`| makeresults | eval f="${text}!" | rex field=f "^(?<x>(?:(?=a)a+)+)$"`)).toEqual([
      'regex-stopped',
    ]);
  });

  test('rex tells offsets and replaces one occurrence', async () => {
    expect(
      await rowsOf(
        'index=main n=3 | rex field=CommandLine "(?<w>fo+)" max_match=0 offset_field=at | table w at',
      ),
    ).toEqual([[['foo', 'foo', 'foo'], 'w=7-9&w=11-13&w=15-17']]);
    expect(
      await rowsOf('index=main n=3 | rex mode=sed field=CommandLine "s/foo/X/2" | table CommandLine'),
    ).toEqual([['cmd /c foo X foo']]);
  });
});

describe('pstree', () => {
  test('draws the tree of a hunt', async () => {
    const [row] = await rowsOf(
      String.raw`index=main source="xmlwineventlog:microsoft-windows-sysmon/operational" EventCode=1 user=wallylambic
| rex field=ParentImage "\x5c(?<ParentName>[^\x5c]+)$"
| rex field=Image "\x5c(?<ProcessName>[^\x5c]+)$"
| eval parent = ParentName." (".ParentProcessId.")"
| eval child = ProcessName." (".ProcessId.")"
| eval detail=strftime(_time,"%Y-%m-%d %H:%M:%S")." ".CommandLine
| pstree child=child parent=parent detail=detail spaces=50
| search tree=*Salaries.xls*
| table tree`,
    );
    expect(row?.[0]).toEqual([
      'userinit.exe (5)',
      '|--- explorer.exe (10)                            2023-11-14 22:13:20 explorer',
      '`` |--- EXCEL.EXE (20)                            2023-11-14 22:13:21 excel Salaries.xls',
      '`` `` |--- cmd.exe (30)                           2023-11-14 22:13:22 cmd /c foo foo foo',
    ]);
  });

  test('says what it could not draw', async () => {
    const { rows, codes } = await search('index=main | pstree child=nosuch parent=Image');
    expect(rows).toEqual([]);
    expect(codes).toContain('pstree-loss');
  });
});

describe('limits', () => {
  test('of sort are told where the default cuts rows off', async () => {
    expect((await search('| makeresults count=10001 | streamstats count AS n | sort n')).codes).toEqual([
      'sort-limit',
    ]);
    expect((await search('| makeresults count=10000 | streamstats count AS n | sort n')).codes).toEqual([]);
    expect(
      (await search('| makeresults count=10001 | streamstats count AS n | sort n | stats count')).codes,
    ).toEqual(['sort-limit']);
    expect((await search('index=main | sort 2 n')).codes).toEqual([]);
  });

  test('of list() are told', async () => {
    expect((await search('| makeresults count=101 | streamstats count AS n | stats list(n)')).codes).toEqual([
      'list-limit',
    ]);
    expect((await search('| makeresults count=100 | streamstats count AS n | stats list(n)')).codes).toEqual(
      [],
    );
  });

  test('of bins refuse a span that is too short', async () => {
    expect(
      await faultsOf('index=main earliest=1600000000 latest=1700000000 | timechart span=1s count'),
    ).toEqual(['too-many-bins']);
  });

  test('of time and cancelling stop a search', async () => {
    const stopped = new AbortController();
    stopped.abort();
    await expect(search('index=main | table n', { signal: stopped.signal })).rejects.toMatchObject({
      code: 'query-cancelled',
    });
  });

  test('a long chain of evals goes on from a table', async () => {
    const chain = Array.from({ length: 200 }, (_, at) => `| eval c=c+${at > 0 ? 1 : 0}`).join(' ');
    expect(await rowsOf(`| makeresults | eval c=1 ${chain} | table c`)).toEqual([[200]]);
  });
});

describe('long searches', () => {
  test.each([
    ['sort 100 - n | head 50', 60],
    ['dedup n', 120],
    ['stats count BY host', 300],
    ['eventstats count BY host', 300],
    ['eval x=if(isnull(x),n,x.n)', 300],
    ['rex field=Image "(?<x>app.)"', 300],
    ['where n>0', 900],
  ])('%s, %d times', async (stage, times) => {
    expect(await rowsOf(`index=main${` | ${stage}`.repeat(times)} | stats count | table count`)).toHaveLength(
      1,
    );
  });
});

describe('long searches over all fields of events', () => {
  test.each([
    ['dedup n', 25],
    ['eventstats count AS all', 200],
    ['fillnull value=-', 100],
  ])('%s, %d times', async (stage, times) => {
    const { rows } = await search(`index=main${` | ${stage}`.repeat(times)}`);
    expect(rows).toHaveLength(4);
  });

  test('thousands of fields', async () => {
    const fields = Array.from({ length: 4000 }, (_, at) => `f${at}=nowhere`).join(', ');
    const { columns, rows } = await search(`index=main n=1 | eval ${fields} | fillnull value=- | table f*`);
    expect([columns.length, rows.flat().every((cell) => cell === '-')]).toEqual([4000, true]);
  });
});

describe('charts', () => {
  test('the sum of a field that no event has is empty in every series', async () => {
    const { columns, rows } = await search(
      'index=main | chart sum(nowhere) OVER EventCode BY CommandLine limit=1',
    );
    expect(columns.length).toBeGreaterThan(1);
    for (const [, ...cells] of rows) expect(cells.every((cell) => cell === null)).toBe(true);
  });

  test('timechart finds a span where none is given', async () => {
    expect(await rowsOf('index=main | timechart count')).toEqual([
      [START, 1],
      [START + 10_000_000n, 1],
      [START + 20_000_000n, 1],
      [START + 30_000_000n, 1],
    ]);
  });

  test('days begin at midnight of the zone, also when the clocks change', async () => {
    const rows = await rowsOf(
      'index=main earliest="2023-10-28T00:00:00+02:00" latest="2023-10-31T00:00:00+01:00" | timechart span=1d count',
      { timezone: 'Europe/Berlin' },
    );
    expect(rows.map(([time]) => time)).toEqual([
      parseIsoTicks('2023-10-27T22:00:00Z'),
      parseIsoTicks('2023-10-28T22:00:00Z'),
      parseIsoTicks('2023-10-29T23:00:00Z'),
    ]);
  });

  test('a span’s snap moves its bins, or is refused', async () => {
    expect(await rowsOf('index=main | timechart span=1d@d+3h count')).toEqual([
      [parseIsoTicks('2023-11-14T03:00:00Z'), 4],
    ]);
    expect(await rowsOf('index=main | timechart span=1w@w1 count')).toEqual([
      [parseIsoTicks('2023-11-13T00:00:00Z'), 4],
    ]);
    expect(await faultsOf('index=main | timechart span=5d@mon count')).toEqual(['unknown-snap']);
  });

  test('OTHER is computed from its rows, not from its series', async () => {
    expect(await search('index=main | chart avg(n) OVER EventCode BY CommandLine limit=1')).toMatchObject({
      columns: ['EventCode', 'cmd /c foo foo foo', 'OTHER', 'NULL'],
      rows: [
        ['1', 3, 1.5, null],
        ['3', null, null, 10],
      ],
    });
    expect(await search('index=main | chart sum(n) OVER EventCode BY CommandLine limit=1')).toMatchObject({
      rows: [
        ['1', 3, 3, null],
        ['3', null, null, 10],
      ],
    });
  });

  test('bins of numbers are ordered as numbers', async () => {
    expect(await rowsOf('index=main | chart count BY n span=2')).toEqual([
      ['0-2', 1],
      ['2-4', 2],
      ['10-12', 1],
    ]);
  });
});

describe('running statistics', () => {
  test('of rows before, by groups, and of a stretch of time', async () => {
    expect(await rowsOf('index=main | streamstats current=f last(n) AS before | table n before')).toEqual([
      ['10', null],
      ['3', '10'],
      ['2', '3'],
      ['1', '2'],
    ]);
    expect(await rowsOf('index=main | streamstats time_window=2s count | table count')).toEqual([
      [1],
      [2],
      [2],
      [2],
    ]);
    expect(await faultsOf('index=main | streamstats count AS c reset_after="(c==2)"')).toEqual([
      'reset-needs-result',
    ]);
  });
});

describe('macros', () => {
  test('that are expressions are evaluated by the store', async () => {
    const macros = new Map([['pick(1)', { args: ['x'], definition: '"n=" . ("$x$" + 1)', isEval: true }]]);
    await expect(search('index=main `pick(1)` | table n', { macros })).rejects.toBeInstanceOf(SearchError);
    const good = new Map([['pick(1)', { args: ['x'], definition: '"n=" . ($x$ + 1)', isEval: true }]]);
    expect(await rowsOf('index=main `pick(2)` | table n', { macros: good })).toEqual([['3']]);
  });
});

describe('explaining', () => {
  test('tells what is read and shows each segment', async () => {
    const { plan } = await planSearch(
      store,
      'index=main n=1 | pstree child=Image parent=ParentImage | table tree',
      {},
    );
    const explained = explainPlan(plan, { catalogue: await store.catalogue(), now: START, timezone: 'UTC' });
    expect(explained.reads).toEqual(['_time', 'n', 'ParentImage', 'Image', 'host']);
    expect(explained.segments.map(({ kind }) => kind)).toEqual(['operate', 'result']);
    expect(explained.segments[0]?.sql).not.toContain('_raw');
  });

  test('stops where rows decide what follows', async () => {
    const { plan } = await planSearch(store, 'index=main | timechart span=1h count BY user | table *', {});
    const explained = explainPlan(plan, { catalogue: await store.catalogue(), now: START, timezone: 'UTC' });
    expect(explained.segments.map(({ kind }) => kind)).toEqual(['question']);
    expect(explained.open).toBeDefined();
  });
});

test('the scope names what was searched', async () => {
  const run = await runSearch(store, 'index=m* | table n');
  expect(await run.scope()).toMatchObject({ events: 4, hosts: 1 });
  await run.close();
});
