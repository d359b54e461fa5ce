import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { ticksOfMilliseconds } from '../src/core/ticks.ts';
import { cellValues } from '../src/spl/generate/cell-text.ts';
import type { MacroDefinition } from '../src/spl/macros.ts';
import { runSearch } from '../src/spl/run.ts';
import { SearchError } from '../src/spl/search-error.ts';
import type { EmbeddedStore } from '../src/store/embedded/embedded-store.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { StoredEvent } from '../src/store/store.ts';
import {
  type CaseMacro,
  type CaseRow,
  type ConformanceCase,
  difference,
  readCases,
} from './conformance-case.ts';
import { type EventEmptier, eventEmptier } from './empty-events.ts';
import { sharedPath } from './shared-data.ts';

const folder = sharedPath('spl', 'conformance');

/** What a search is told whose command does not exist yet. All that the commands here can be asked for must work. */
const unsupported = new Set(['command-not-supported', 'subsearch-not-supported']);

const members = new Set(['_time', '_raw', 'host', 'source', 'sourcetype']);

function storedEvents(rows: readonly CaseRow[]): StoredEvent[] {
  return rows.map((row, at) => {
    const fingerprint = new Uint8Array(16);
    new DataView(fingerprint.buffer).setUint32(0, at + 1);
    const text = (name: string) => String(row[name] ?? '');
    const fields = Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) =>
        members.has(name) || value === null ? [] : [[name, Array.isArray(value) ? value : String(value)]],
      ),
    );
    const time = ticksOfMilliseconds(Number(row._time) * 1000);
    return {
      event: {
        time,
        timeSource: '_time',
        host: text('host'),
        source: text('source'),
        sourcetype: text('sourcetype'),
        product: 'generic',
        eventClass: 'other',
        raw: typeof row._raw === 'string' ? row._raw : `row ${at}`,
        fields,
      },
      index: 't',
      arrival: time,
      origin: 'case',
      offset: at,
      fingerprint,
    };
  });
}

function macroTable(macros: Readonly<Record<string, CaseMacro>> | undefined): Map<string, MacroDefinition> {
  return new Map(
    Object.entries(macros ?? {}).map(([name, macro]) => {
      if (typeof macro === 'string') return [name, { args: [], definition: macro }];
      const { args = '', definition, iseval } = macro;
      const names = args.split(',').map((each) => each.trim());
      return [name, { args: names, definition, ...(iseval && { isEval: true }) }];
    }),
  );
}

interface CaseResult {
  readonly columns: readonly string[];
  readonly rows: readonly CaseRow[];
  readonly diagnostics: readonly Diagnostic[];
}

async function search(store: EmbeddedStore, { spl, macros }: ConformanceCase): Promise<CaseResult> {
  const run = await runSearch(store, spl, { macros: macroTable(macros) });
  const columns = run.columns.map(({ name }) => name);
  const rows: CaseRow[] = [];
  for await (const block of run.rows)
    for (const cells of block)
      rows.push(Object.fromEntries(columns.map((name, at) => [name, cellValues(cells[at] ?? null)])));
  return { columns, rows, diagnostics: run.diagnostics };
}

/** Whether one of the places where the text stands holds or touches the diagnostic's. */
function pointsInto(spl: string, text: string, { span }: Diagnostic): boolean {
  if (!span) return false;
  for (let at = spl.indexOf(text); at >= 0; at = spl.indexOf(text, at + 1))
    if (span.start >= at && span.start <= at + text.length) return true;
  return false;
}

async function check(store: EmbeddedStore, each: ConformanceCase): Promise<'passed' | 'not supported'> {
  await store.write(storedEvents(each.input));
  let result: CaseResult;
  try {
    result = await search(store, each);
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    const errors = error.diagnostics.filter(({ severity }) => severity === 'error');
    const { error: wanted } = each;
    if (wanted && errors.some((diagnostic) => pointsInto(each.spl, wanted.span, diagnostic))) return 'passed';
    if (!wanted && errors.every(({ code }) => unsupported.has(code))) return 'not supported';
    throw error;
  }
  expect(each.error, `${each.spl} ran`).toBeUndefined();
  expect(difference(result.columns, result.rows, each), `${each.spl}\n${each.why}`).toBeUndefined();
  if (each.warnings) expect(result.diagnostics).not.toEqual([]);
  return 'passed';
}

describe.skipIf(!folder)('the conformance pack', () => {
  const cases = folder ? readCases(folder) : [];
  const counts = { passed: 0, 'not supported': 0 };
  let place: string;
  let store: EmbeddedStore;
  let emptier: EventEmptier;

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'keizu-conformance-'));
    store = await openEmbeddedStore(place);
    emptier = await eventEmptier(place);
  });

  afterAll(async () => {
    emptier.close();
    await store.close();
    rmSync(place, { recursive: true, force: true });
    console.log(`conformance: ${counts.passed} passed, ${counts['not supported']} not supported`);
  });

  test.each(cases.map((each) => [each.id, each] as const))('%s', async (_, each) => {
    emptier.empty();
    counts[await check(store, each)]++;
  });
});
