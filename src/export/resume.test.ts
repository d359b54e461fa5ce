import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportedFiles } from '../../test/exported-files.ts';
import { parseIsoTicks } from '../core/ticks.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { ingest } from '../ingest/ingest.ts';
import { loadChdb } from '../store/embedded/chdb.ts';
import { openEmbeddedStore } from '../store/embedded/open-embedded-store.ts';
import type { Store } from '../store/store.ts';
import type { EarlierRun } from './earlier-run.ts';
import { addressesOf, type ExportScope } from './export-scope.ts';
import { journalName, readJournal } from './journal.ts';
import { verifyExport } from './verify-export.ts';
import { type ExportOptions, type ExportOutcome, writeExport } from './write-export.ts';

const folder = mkdtempSync(join(tmpdir(), 'keizu-resume-'));
const whole = join(folder, 'whole');
const host = 'ws-sal-02.kitano.example';
const never = Number.POSITIVE_INFINITY;
let store: Store;
let scope: ExportScope;
let all = 0;
let files: Readonly<Record<string, unknown>>;

const ticks = (text: string) => parseIsoTicks(text) ?? 0n;

beforeAll(async () => {
  const place = join(folder, 'case');
  await writeDemo(place, { seed: 1, hosts: 2, days: 1 });
  const directory = join(folder, 'store');
  store = await openEmbeddedStore(directory);
  await ingest([place], store, { threads: 0 });
  await store.close();
  // Events of which there are several alike, of one key: nothing that the program does makes them, but nothing forbids them.
  const { Session } = await loadChdb();
  const session = new Session(join(directory, 'engine'), {
    connectionArgs: ['--async_load_databases=0', '--async_load_system_database=0'],
  });
  const late = `host = '${host}' AND _time > (SELECT quantileExact(0.3)(_time) FROM keizu.events WHERE host = '${host}')`;
  for (const share of [5, 3])
    session.query(
      `INSERT INTO keizu.events SELECT * FROM keizu.events WHERE ${late} AND cityHash64(_id) % ${share} = 0 SETTINGS max_block_size = 65536`,
    );
  session.close();
  store = await openEmbeddedStore(directory);
  const hosts = [host];
  scope = {
    hosts,
    earliest: ticks('2024-05-01T00:00:00Z'),
    latest: ticks('2024-06-01T00:00:00Z'),
    asOf: ticks('2100-01-01T00:00:00Z'),
    addresses: await addressesOf(store, hosts),
  };
  all = (await write(whole)).manifest.events;
  files = exportedFiles(whole);
}, 120_000);

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(to: string, more: Partial<ExportOptions> = {}, of = scope): Promise<ExportOutcome> {
  return writeExport(store, of, {
    folder: to,
    form: 'safe',
    productVersion: '1',
    limits: {},
    sections: async function* ({ hosts, earliest, latest, asOf, addresses }, events) {
      yield { title: 'Scope', lines: [...hosts, ...addresses, earliest, latest, asOf, events].map(String) };
    },
    ...more,
  });
}

const stopped = new Error('stopped');

/** A run with a checkpoint each `every` events that ends without a word after so many events. */
async function interrupted(to: string, every: number, after: number, more: Partial<ExportOptions> = {}) {
  let events = 0;
  const pace = {
    get events(): number {
      if (++events >= after) throw stopped;
      return every;
    },
    milliseconds: never,
  };
  await expect(write(to, { ...more, pace })).rejects.toBe(stopped);
  // As when a process ends: it is not known which of the bytes that were on their way came to the disk.
  appendFileSync(join(to, 'events.csv.partial'), 'half a li');
}

async function sameAsWhole(
  to: string,
  earlier: unknown,
  more: Partial<ExportOptions> = {},
): Promise<EarlierRun> {
  const outcome = await write(to, more);
  expect(outcome).toMatchObject({ kind: 'written', earlier });
  expect(exportedFiles(to)).toEqual(files);
  expect((await verifyExport(to)).problems).toEqual([]);
  return outcome.earlier;
}

const someEvents = { kind: 'taken-up', events: expect.any(Number) };

describe('an interrupted export', () => {
  test('has many events, some of them alike', () => {
    const lines = readFileSync(join(whole, 'events.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBe(all);
    const alike = lines.filter((line, at) => line === lines[at - 1]).length;
    expect(alike).toBeGreaterThan(500);
    expect(all).toBeGreaterThan(3_000);
  });

  test('is taken up wherever it was interrupted, and ends as one in one go', {
    timeout: 300_000,
  }, async () => {
    let at = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 700 }),
        fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 3 }),
        async (every, stops) => {
          const to = join(folder, `random-${at++}`);
          let done = 0;
          for (const stop of stops) {
            if (done + stop >= all) break;
            await interrupted(to, every, stop);
            const journal = journalOf(to);
            expect(journal?.events ?? 0).toBeGreaterThanOrEqual(done);
            done = journal?.events ?? 0;
          }
          const earlier =
            done > 0 ? { kind: 'taken-up', events: done } : { kind: 'begun-anew', reason: 'no-checkpoint' };
          await sameAsWhole(to, earlier);
          rmSync(to, { recursive: true });
        },
      ),
      { numRuns: 6 },
    );
  });

  test('that the signal stopped is taken up without loss', async () => {
    const to = join(folder, 'signal');
    const stop = new AbortController();
    const ended = write(to, {
      limits: { signal: stop.signal },
      onProgress: ({ step, events }) => {
        if (step === 'events' && events > 0) stop.abort(stopped);
      },
    });
    await expect(ended).rejects.toThrow();
    const kept = journalOf(to)?.events ?? 0;
    expect(kept).toBeGreaterThan(100);
    expect(kept).toBeLessThan(all);
    const seen: string[] = [];
    await sameAsWhole(
      to,
      { kind: 'taken-up', events: kept },
      { onProgress: ({ step, events }) => seen.push(`${step} ${events}`) },
    );
    expect(seen.slice(0, 2)).toEqual([`check ${kept}`, `events ${kept}`]);
  });

  test('whose events are complete makes only the other files again', async () => {
    for (const stopAt of ['parquet', 'report'] as const) {
      const to = join(folder, `complete-${stopAt}`);
      const ended = write(to, {
        onProgress: ({ step }) => {
          if (step === stopAt) throw stopped;
        },
      });
      await expect(ended).rejects.toBe(stopped);
      const steps = new Set<string>();
      await sameAsWhole(
        to,
        { kind: 'taken-up', events: all },
        { onProgress: ({ step, events }) => steps.add(`${step} ${events}`) },
      );
      expect([...steps]).toEqual([`check ${all}`, `events ${all}`, `parquet ${all}`, `report ${all}`]);
    }
  });

  test('that ended while its files got their names, or before its mark was gone, is finished', async () => {
    const to = join(folder, 'named');
    const complete = await completeRun();
    const unmark = () => {
      writeFileSync(join(to, 'export.partial'), '999999999');
      for (const name of [journalName, 'fields.partial']) cpSync(join(complete, name), join(to, name));
    };
    cpSync(whole, to, { recursive: true });
    unmark();
    expect(await write(to)).toMatchObject({ kind: 'finished' });
    expect(exportedFiles(to)).toEqual(files);
    unmark();
    rmSync(join(to, 'manifest.json'));
    renameSync(join(to, 'raw', 'sysmon.xml'), join(to, 'raw', 'sysmon.xml.partial'));
    writeFileSync(join(to, 'manifest.json.partial'), '{');
    await sameAsWhole(to, { kind: 'taken-up', events: all });
  });

  test('keeps its moment and its addresses, and a window that was relative', async () => {
    const to = join(folder, 'relative');
    const asked = '-24h now UTC';
    await interrupted(to, 100, 1_500, { asked });
    const later = {
      ...scope,
      earliest: scope.earliest + 10n,
      latest: scope.latest + 10n,
      asOf: scope.asOf + 10n,
      addresses: [],
    };
    await expect(write(to, { asked: '-23h now UTC' }, later)).rejects.toThrow(
      'unfinished export of another scope',
    );
    await expect(write(to, { asked, form: 'exact' }, later)).rejects.toThrow(
      'unfinished export of another scope',
    );
    await expect(write(to, { asked }, { ...later, hosts: ['x'] })).rejects.toThrow('of another scope');
    const { earlier } = await write(to, { asked }, later);
    expect(earlier).toEqual(someEvents);
    expect(exportedFiles(to)).toEqual(files);
  });

  test('that another process writes is left to it, but not to one that came later by its number', async () => {
    const to = join(folder, 'marked');
    await interrupted(to, 100, 1_500);
    const mark = join(to, 'export.partial');
    const own = readFileSync(mark, 'utf8').split(' ');
    expect(own[0]).toBe(String(process.pid));
    writeFileSync(mark, String(process.ppid));
    await expect(write(to)).rejects.toThrow(`is being written by another export (process ${process.ppid})`);
    // Where the system tells when a process began.
    if (own.length > 1) writeFileSync(mark, [process.ppid, own[1], 1].join(' '));
    else writeFileSync(mark, '999999999');
    await sameAsWhole(to, someEvents);
  });

  test('is begun anew by another version, and where the store has other events', async () => {
    const to = join(folder, 'version');
    await interrupted(to, 100, 1_500);
    const other = await write(to, { productVersion: '2' });
    expect(other.earlier).toEqual({ kind: 'begun-anew', reason: 'other-version' });
    const moved = join(folder, 'moved');
    await interrupted(moved, 100, 1_500);
    // Its journal tells of another moment, as if events had arrived with times in the past.
    const journal = journalOf(moved);
    writeJournalText(moved, { ...journal, as_of: '2000-01-01T00:00:00.0000000Z' });
    await sameAsWhole(moved, { kind: 'begun-anew', reason: 'other-events' });
    await interrupted(join(folder, 'fewer'), 100, 1_500);
    writeJournalText(join(folder, 'fewer'), {
      ...journal,
      last: { ...(journal?.last as object), time: '0' },
    });
    await sameAsWhole(join(folder, 'fewer'), { kind: 'begun-anew', reason: 'other-events' });
  });
});

interface JournalView {
  readonly events: number;
  readonly last: object;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

function journalOf(to: string): JournalView | undefined {
  const path = join(to, journalName);
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '');
}

/** Writes a journal whose sum is right. */
function writeJournalText(to: string, journal: object | undefined): void {
  const body = JSON.stringify(journal);
  writeFileSync(join(to, journalName), `${body}\n${sumOf(body)}\n`);
}

function sumOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** The folder of a run that ended when all of its events were written. */
async function completeRun(): Promise<string> {
  const to = join(folder, 'complete');
  const ended = write(to, {
    onProgress: ({ step }) => {
      if (step === 'report') throw stopped;
    },
  });
  await expect(ended).rejects.toBe(stopped);
  return to;
}

describe('what an interrupted export left is not trusted', () => {
  const left = join(folder, 'left');
  let journal: JournalView;

  beforeAll(async () => {
    for (let run = 0; run < 4; run++) await interrupted(left, 1_900, 2_100);
    journal = journalOf(left) as JournalView;
    expect(journal.events).toBeLessThan(all);
    expect(journal.files.length).toBeGreaterThan(4);
  });

  const copy = (name: string) => {
    const to = join(folder, name);
    rmSync(to, { recursive: true, force: true });
    cpSync(left, to, { recursive: true });
    return to;
  };

  test('no damage of the journal and no cut or changed file makes a wrong export', {
    timeout: 300_000,
  }, async () => {
    const text = readFileSync(join(left, journalName));
    const damage = fc.oneof(
      fc.record({ kind: fc.constant('journal' as const), at: fc.nat(text.length - 1), byte: fc.nat(255) }),
      fc.record({ kind: fc.constant('journal-cut' as const), at: fc.nat(text.length) }),
      fc.record({
        kind: fc.constant('cut' as const),
        file: fc.nat(50),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant('byte' as const),
        file: fc.nat(50),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({ kind: fc.constant('gone' as const), file: fc.nat(50) }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (what) => {
        const to = copy('damaged');
        const ofFile = (number: number) => {
          const file = journal.files[number % journal.files.length] as JournalView['files'][number];
          return { path: join(to, `${file.path}.partial`), bytes: file.bytes };
        };
        let isHarmless = false;
        if (what.kind === 'journal') {
          const changed = Buffer.from(text);
          isHarmless = changed[what.at] === what.byte;
          changed[what.at] = what.byte;
          writeFileSync(join(to, journalName), changed);
        } else if (what.kind === 'journal-cut') {
          isHarmless = what.at >= text.length;
          truncateSync(join(to, journalName), what.at);
        } else if (what.kind === 'gone') rmSync(ofFile(what.file).path);
        else {
          const { path, bytes } = ofFile(what.file);
          const at = Math.floor(what.share * (bytes - 1));
          if (what.kind === 'cut') truncateSync(path, at);
          else {
            const changed = readFileSync(path);
            changed[at] = (changed[at] as number) ^ 1;
            writeFileSync(path, changed);
          }
        }
        const earlier = await sameAsWhole(to, expect.anything());
        expect(earlier.kind).toBe(isHarmless ? 'taken-up' : 'begun-anew');
      }),
      { numRuns: 20 },
    );
  });

  test('a journal that was made up leads nowhere but to a new beginning', async () => {
    const [lines, table, ...raw] = journal.files;
    const outside = join(folder, 'precious.partial');
    writeFileSync(outside, 'precious');
    const made: readonly object[] = [
      { ...journal, files: [lines, table, { ...raw[0], path: '../precious' }, ...raw.slice(1)] },
      { ...journal, files: [lines, table, { ...raw[0], path: 'raw/../../precious' }, ...raw.slice(1)] },
      { ...journal, files: [lines, lines, ...raw] },
      { ...journal, files: [table, lines, ...raw] },
      { ...journal, files: [lines, table, raw[0], ...raw] },
      { ...journal, files: [lines, table] },
      { ...journal, files: Array.from({ length: 10_000 }, () => raw[0]) },
      { ...journal, events: journal.events - 1 },
      { ...journal, events: -1 },
      { ...journal, events: 1e300 },
      { ...journal, last: { ...journal.last, time: '9999999999999999999' } },
      { ...journal, last: { ...journal.last, id: `'; DROP TABLE events` } },
      { ...journal, last: undefined },
      { ...journal, as_of: 'then' },
      { ...journal, more: 1 },
      {
        ...journal,
        files: [
          lines,
          table,
          { ...raw[0], alone: { read: 1, same: 1, lacks: ['<script>'] } },
          ...raw.slice(1),
        ],
      },
      [],
    ];
    const madeUp = copy('made-up');
    for (const each of made) {
      writeJournalText(madeUp, each);
      expect(await readJournal(madeUp, '1')).toBe('journal-damaged');
    }
    await sameAsWhole(madeUp, { kind: 'begun-anew', reason: 'journal-damaged' });
    const large = copy('large');
    truncateSync(join(large, journalName), 65 << 20);
    await sameAsWhole(large, { kind: 'begun-anew', reason: 'journal-damaged' });
    expect(readFileSync(outside, 'utf8')).toBe('precious');
  });

  test('links and pipes are neither followed nor written through', async () => {
    const precious = join(folder, 'precious.jsonl');
    const content = readFileSync(join(left, 'events.jsonl.partial'));
    const kinds: Readonly<Record<string, (path: string) => void>> = {
      symbolic: (path) => symlinkSync(precious, path),
      hard: (path) => linkSync(precious, path),
      folder: (path) => mkdirSync(path),
    };
    for (const [name, make] of Object.entries(kinds)) {
      writeFileSync(precious, content);
      const to = copy(`link-${name}`);
      rmSync(join(to, 'events.jsonl.partial'));
      make(join(to, 'events.jsonl.partial'));
      await sameAsWhole(to, { kind: 'begun-anew', reason: 'files-changed' });
      expect(readFileSync(precious).equals(content)).toBe(true);
    }
    const raw = copy('link-raw');
    const elsewhere = join(folder, 'elsewhere');
    renameSync(join(raw, 'raw'), elsewhere);
    const names = readdirSync(elsewhere);
    symlinkSync(elsewhere, join(raw, 'raw'));
    await sameAsWhole(raw, { kind: 'begun-anew', reason: 'files-changed' });
    expect(readdirSync(elsewhere)).toEqual(names);
    expect(lstatSync(join(raw, 'raw')).isDirectory()).toBe(true);
    // In the way of what is written: the mark, the journal, the manifest.
    const inTheWay = copy('link-marks');
    writeFileSync(precious, content);
    for (const name of [
      'export.partial',
      'export.partial.new',
      'manifest.json.partial',
      `${journalName}.new`,
    ]) {
      rmSync(join(inTheWay, name), { force: true });
      symlinkSync(precious, join(inTheWay, name));
    }
    await sameAsWhole(inTheWay, someEvents);
    expect(readFileSync(precious).equals(content)).toBe(true);
    const linked = copy('link-journal');
    renameSync(join(linked, journalName), join(folder, 'journal'));
    symlinkSync(join(folder, 'journal'), join(linked, journalName));
    await sameAsWhole(linked, { kind: 'begun-anew', reason: 'journal-damaged' });
  });

  test('what does not belong to it is taken away where raw texts lie', async () => {
    const to = copy('stray');
    writeFileSync(join(to, 'raw', 'stray.log.partial'), 'x');
    writeFileSync(join(to, 'raw', 'events.jsonl.partial'), 'x');
    mkdirSync(join(to, 'raw', 'deep'));
    await sameAsWhole(to, someEvents);
  });
});
