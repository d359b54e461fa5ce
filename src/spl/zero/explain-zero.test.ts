import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbeddedStore } from '../../store/embedded/open-embedded-store.ts';
import { sampleEvent } from '../../store/store.contract.ts';
import type { Store } from '../../store/store.ts';
import { explainZero, type ZeroFacts } from './explain-zero.ts';
import type { SpellingKind } from './spellings.ts';

let folder: string;
let store: Store;
const start = 17_000_000_000_000_000n;

/** Records in which `powershell` or a path stands in another spelling, each in one event. */
const raws: Readonly<Record<string, string>> = {
  inside: 'run mypowershellhost',
  width: 'run ｐｏｗｅｒＳｈｅｌｌ now',
  percent: 'GET /?x=p%6fwer%73hell',
  double: 'GET /?x=p%256fwershell',
  obfuscated: 'cmd /c po^wer"shel"l',
  xmlQuotes: 'cmd /c p&quot;owershell&quot;',
  utf16: `data ${[...'powershell'].join('\0')}`,
  base64: `enc ${Buffer.from('xpowershell', 'utf16le').toString('base64')}`,
  decoded: `enc ${Buffer.from('run PoWeRsHeLl please', 'utf16le').toString('base64')}`,
  separators: 'open C:/Users//ichi/a.txt',
  written: 'run &quot;C:\\a b\\c.exe&quot; &amp; exit',
  kana: '給与ﾌｧｲﾙ を開く',
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keizu-zero-'));
  store = await openEmbeddedStore(folder);
  await store.write(
    Object.entries(raws).map(([name, raw], at) =>
      sampleEvent(
        name,
        { CommandLine: raw, note: raw, kind: name, EventCode: '1', ...(at % 2 === 0 && { even: 'yes' }) },
        { time: start + BigInt(at) * 10_000_000n, raw },
      ),
    ),
  );
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function explain(text: string, seconds = 60): Promise<ZeroFacts> {
  const facts = await explainZero(store, text, { seconds });
  if (facts === undefined) throw new Error('no facts');
  return facts;
}

function kindsOf({
  spellings,
}: ZeroFacts): Readonly<Partial<Record<SpellingKind, readonly [number, number]>>> {
  return Object.fromEntries(spellings.spellings.map(({ kind, alone, more }) => [kind, [alone, more]]));
}

describe('other spellings', () => {
  test('of a word are counted apart, over all that the search asks besides', async () => {
    const found = await explain('powershell EventCode=1');
    expect(found.counts.matching).toBe(0);
    expect(kindsOf(found)).toEqual({
      inside: [1, 1],
      width: [1, 1],
      percent: [2, 2],
      obfuscated: [2, 2],
      utf16: [1, 1],
      base64: [1, 1],
      decoded: [2, 2],
    });
    expect(found.spellings.together).toBe(9);
    const narrowed = await explain('powershell even=yes');
    expect(kindsOf(narrowed).width).toEqual([1, 0]);
  });

  test('name an event that the search for its id gives', async () => {
    const { spellings } = await explain('powershell');
    const width = spellings.spellings.find(({ kind }) => kind === 'width');
    const again = await explain(`_id=${width?.example} kind=width`);
    expect(again.counts.matching).toBe(1);
  });

  test('of paths, of records and of Japanese', async () => {
    expect(kindsOf(await explain('"C:\\\\Users\\\\ichi\\\\a.txt"')).separators).toEqual([1, 1]);
    expect(kindsOf(await explain('"\\"C:\\\\a b\\\\c.exe\\" & exit"')).written).toEqual([1, 1]);
    expect(kindsOf(await explain('"給与ファイル"')).width).toEqual([1, 1]);
  });

  test('of a value of a field', async () => {
    const found = kindsOf(await explain('CommandLine=*POWERSHELL'));
    expect(found).toMatchObject({ inside: [1, 1], width: [1, 1], percent: [2, 2], obfuscated: [2, 2] });
    expect(found.written).toBeUndefined();
  });
});

describe('conditions', () => {
  test('are counted alone, with those above, and the search without each', async () => {
    const { counts } = await explain('EventCode=1 even=yes kind=nothing');
    expect(counts.parts.map(({ alone, upTo, without }) => [alone, upTo, without])).toEqual([
      [12, 12, 0],
      [6, 6, 0],
      [0, 0, 6],
    ]);
    const [leaf] = counts.parts[2]?.leaves ?? [];
    expect(leaf?.withField).toBe(12);
    expect(leaf?.values).toHaveLength(6);
  });

  test('of an OR and of a list are looked into', async () => {
    const { counts } = await explain('(kind=width OR kind=none) kind IN (kana, nowhere)');
    expect(counts.parts.map(({ leaves }) => leaves.map(({ alone }) => alone))).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(counts.parts.map(({ without }) => without)).toEqual([1, 1]);
  });

  test('that must not match are told as one', async () => {
    const { counts } = await explain('EventCode=1 NOT EventCode=1');
    expect(counts.parts.map(({ alone, without }) => [alone, without])).toEqual([
      [12, 0],
      [0, 12],
    ]);
  });
});

test('names of fields that differ in letter case, and fields that hold the value', async () => {
  const { names, holders } = await explain('commandLine="給与ﾌｧｲﾙ を開く"');
  expect(names).toEqual([{ field: 'commandLine', like: ['CommandLine'] }]);
  expect(holders.map(({ field, events, sampled }) => [field, events, sampled])).toEqual(
    expect.arrayContaining([
      ['CommandLine', 1, false],
      ['note', 1, true],
    ]),
  );
});

test('what lies outside the time range', async () => {
  const { elsewhere, scope } = await explain('kind=kana latest=2001-01-01T00:00:00Z');
  expect(scope.events).toBe(0);
  expect(elsewhere).toMatchObject({ events: 1, indexes: ['main'], first: start + 110_000_000n });
});

test('the stage behind which no row is left, and which part of its condition takes them', async () => {
  const text = 'EventCode=1 | stats count by even | where count>5 AND even="no" | sort even';
  const { steps } = await explain(text);
  expect(steps.map(({ rows }) => rows)).toEqual([1, 0]);
  expect(steps[1]?.parts.map(({ span, rows }) => [text.slice(span.start, span.end), rows])).toEqual([
    ['count>5', 1],
    ['even="no"', 0],
  ]);
});

test('a search that reads no events has nothing to explain', async () => {
  expect(await explainZero(store, '| makeresults', { seconds: 5 })).toBeUndefined();
});
