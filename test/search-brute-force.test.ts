import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../src/demo/random.ts';
import { writeDemo } from '../src/demo/write-demo.ts';
import { readSources } from '../src/formats/open.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { isLeftAlone } from '../src/ingest/left-alone.ts';
import { runSearch } from '../src/spl/run.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { Store } from '../src/store/store.ts';
import { type BruteText, bruteText, holdsRun, holdsWords } from './brute-force.ts';
import { corpusPath } from './shared-data.ts';

/** Searches in all: `KEIZU_SEARCHES` asks for more. */
const searches = Number(process.env.KEIZU_SEARCHES ?? 1_000);
const seed = process.env.KEIZU_SEED ?? 'one';

/** Lines of which each is hard to search for: what folds in odd ways, what SPL, SQL or RE2 would take for their own. */
const oddLines = [
  'ΑΣΑ ΑΣ ας Σίσυφος ΟΔΥΣΣΕΥΣ Ὀδυσσεύς',
  'İstanbul ISTANBUL ıstanbul straße STRASSE ﬁle Kelvin Ångström',
  '給与一覧.xlsx を開く ｷｭｳﾖ ﾃﾞｰﾀ がぎぐ 髙橋 﨑 ①㈱ 𠮷野家 👨‍👩‍👧 e\u0301 é',
  'C:\\Users\\ichi\\a.txt \\\\server\\share$ C:/x//y "quoted" \'single\' `tick` ^caret^ %20space%2520twice%3A',
  "x'; DROP TABLE events; -- {p1:String} {{braces}} $token$ ?question #hash a_b%c a\\_b\\%c",
  '[bracket] (paren) a|b|c a*b**c .+?^${}()|[]\\ (?i)x \\d+ \\Qx\\E --flag --two-words- =equals= key=value',
  'tab\there bell\x07 escape\x1b[31m del\x7f nbsp\u00a0zero\u200bwidth rtl\u202etxt.exe bom\ufeff line\u2028sep',
  '```comment``` | stats count | search "x" earliest=-1h NOT this OR that AND all',
  `powershell.exe -enc ${'SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA'.repeat(120)}== && cmd /c "echo ${'長い行'.repeat(700)}"`,
];

interface Place {
  readonly key: string;
  readonly text: BruteText;
}

const folder = mkdtempSync(join(tmpdir(), 'keizu-brute-'));
const corpus = ['JPCERT-log-analysis-training', 'sc4s-proxy-samples', 'panther-analysis', 'msticpy']
  .map((name) => corpusPath(name))
  .filter((path) => path !== undefined);
let store: Store;
let places: readonly Place[];

beforeAll(async () => {
  const demo = join(folder, 'case');
  await writeDemo(demo, { seed: 7, hosts: 2, days: 1 });
  const odd = join(folder, 'odd.log');
  writeFileSync(odd, `${oddLines.join('\n')}\n`);
  const paths = [demo, odd, ...corpus];
  store = await openEmbeddedStore(join(folder, 'store'));
  await ingest(paths, store, { threads: 0 });
  places = await placesOf(paths);
}, 300_000);
afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The records of the sources, read without the store, but for those that came before in another source. */
async function placesOf(paths: readonly string[]): Promise<readonly Place[]> {
  const stored = new Map<string, number>();
  for (const key of await found('index=*')) stored.set(key, (stored.get(key) ?? 0) + 1);
  const read: Place[] = [];
  const left: Place[] = [];
  for await (const { source, items } of readSources(paths, { skip: isLeftAlone }))
    for (const item of items) {
      if (item.kind === 'fault' || item.raw.trim() === '') continue;
      const key = `${source.origin}\n${item.offset}`;
      const count = stored.get(key) ?? 0;
      (count > 0 ? read : left).push({ key, text: bruteText(item.raw) });
      if (count > 0) stored.set(key, count - 1);
    }
  // Each stored event is a record of a source, and what is not stored was there twice.
  expect([...stored.values()].every((count) => count === 0)).toBe(true);
  const raws = new Set(read.map(({ text }) => text.raw));
  expect(left.filter(({ text }) => !raws.has(text.raw)).map(({ key }) => key)).toEqual([]);
  return read;
}

async function found(search: string): Promise<readonly string[]> {
  const run = await runSearch(store, `${search} | table _origin _offset`);
  const keys: string[] = [];
  for await (const block of run.rows) for (const [origin, offset] of block) keys.push(`${origin}\n${offset}`);
  return keys;
}

/** A text as it is written within double quotes. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

interface Trial {
  readonly search: string;
  readonly holds: (text: BruteText) => boolean;
}

function trialOf(random: Random): Trial {
  const wanted = substring(random);
  const form = random.pickWeighted([
    [4, 'run'],
    [4, 'phrase'],
    [2, 'word'],
  ] as const);
  if (form === 'run')
    return { search: `_raw=${quoted(`*${wanted}*`)}`, holds: (text) => holdsRun(text, wanted) };
  if (form === 'phrase') return { search: quoted(wanted), holds: (text) => holdsWords(text, wanted, true) };
  const word = /[\p{L}\p{N}]+/u.exec(wanted)?.[0];
  if (word === undefined || /^(?:and|or|not|in|xor)$/i.test(word))
    return { search: quoted(wanted), holds: (text) => holdsWords(text, wanted, true) };
  const starred = `${random.chance(0.4) ? '*' : ''}${word}${random.chance(0.4) ? '*' : ''}`;
  return { search: `index=* ${starred}`, holds: (text) => holdsWords(text, starred, false) };
}

/** A piece of a stored record, cut between whole characters, its letters sometimes in another case. */
function substring(random: Random): string {
  const raw = random.chance(0.25) ? random.pick(oddLines) : random.pick(places).text.raw;
  const characters = [...raw.slice(0, 200_000)];
  const length = random.pickWeighted([
    [3, random.whole(1, 8)],
    [5, random.whole(8, 40)],
    [2, random.whole(40, 2_000)],
  ]);
  const start = random.whole(0, Math.max(0, characters.length - length));
  const piece = characters.slice(start, start + length).join('');
  const cased = random.pickWeighted([
    [6, piece],
    [2, piece.toUpperCase()],
    [2, piece.toLowerCase()],
  ]);
  return /^[*\s]*$/.test(cased) ? 'EventID' : cased;
}

/** What differs between the search and the walk; undefined where nothing does. */
async function difference({
  search,
  holds,
}: Trial): Promise<{ readonly wrong?: string; readonly there: number }> {
  const given = [...(await found(search))].sort();
  const expected = places
    .filter(({ text }) => holds(text))
    .map(({ key }) => key)
    .sort();
  const there = expected.length;
  if (given.length === there && given.every((key, place) => key === expected[place])) return { there };
  return { wrong: `${JSON.stringify(search.slice(0, 300))}: ${given.length} found, ${there} there`, there };
}

describe('a search finds what a walk through the sources finds', () => {
  test('for odd lines as a whole, in upper and in lower case, and for pieces that fold otherwise than their words', async () => {
    const whole = oddLines.flatMap((line) => [line, line.toUpperCase(), line.toLowerCase()]);
    for (const text of [...whole, 'ΑΣ', 'ΣΊΣΥ', 'ΟΔΥΣΣΕΥΣ', 'İSTAN', 'STRASSE', 'ｷｭｳﾖ', '家 👨']) {
      const run = { search: `_raw=${quoted(`*${text}*`)}`, holds: (at: BruteText) => holdsRun(at, text) };
      const phrase = { search: quoted(text), holds: (at: BruteText) => holdsWords(at, text, true) };
      for (const trial of [run, phrase]) expect((await difference(trial)).wrong).toBeUndefined();
    }
  });

  test(`for ${searches} pieces of stored records${corpus.length === 0 ? ' (the corpus is absent)' : ''}`, async () => {
    const random = new Random(`brute force ${seed}`);
    const wrong: string[] = [];
    let matches = 0;
    for (let at = 0; at < searches; at++) {
      const { wrong: differs, there } = await difference(trialOf(random));
      matches += there;
      if (differs !== undefined) wrong.push(differs);
    }
    expect(wrong).toEqual([]);
    // Else the searches would be for nothing.
    expect(matches).toBeGreaterThan(searches);
  }, 1_200_000);
});
