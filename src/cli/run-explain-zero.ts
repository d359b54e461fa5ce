import { jsonText } from '../core/terminal-text.ts';
import { lossReader } from '../coverage/host-loss.ts';
import { connectionReader } from '../egress/connection-reader.ts';
import { runSearch } from '../spl/run.ts';
import { SearchError } from '../spl/search-error.ts';
import { explainZero } from '../spl/zero/explain-zero.ts';
import { StoreError } from '../store/store.ts';
import { zeroRecord } from '../views/zero-record.ts';
import { CommandFailure } from './command-failure.ts';
import { memoryBound } from './memory-bound.ts';
import { openStore } from './open-store.ts';
import type { SearchOptions } from './run-search.ts';
import { searchFailure } from './search-failure.ts';
import { searchRange } from './search-range.ts';
import { searchText } from './search-text.ts';
import { writeOut } from './write-out.ts';
import { zeroText } from './zero-text.ts';

/** Seconds that a statement of the explanation may take where nothing else is asked for. */
const usualSeconds = 120;

/** Explains why a search has no rows, or few; see `keizu search --help`. */
export async function runExplainZero(argument: string, options: SearchOptions): Promise<void> {
  if (options.format === 'csv')
    throw new CommandFailure('keizu: --explain-zero writes text, or JSON with --format json.', 2);
  const range = searchRange(options);
  const text = await searchText(argument);
  const store = await openStore(options.store, 'must-exist');
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    const seconds = options.maxTime ?? usualSeconds;
    const limits = { memoryBytes: memoryBound() };
    const asked = { ...range, limits, signal: stop.signal, connectionReader: connectionReader(store) };
    const facts = await explainZero(store, text, { ...asked, seconds });
    if (facts === undefined)
      throw new CommandFailure('keizu: the search reads no events, so there is nothing to explain.');
    let rows: number | undefined = 0;
    const met: string[] = [];
    try {
      const run = await runSearch(store, text, {
        ...asked,
        limits: { ...limits, seconds },
        lossOf: lossReader(store),
      });
      for await (const block of run.rows) rows += block.length;
      met.push(...new Set(run.diagnostics.map(({ severity, message }) => `${severity}: ${message}`)));
    } catch (error) {
      if (!(error instanceof StoreError) || error.code === 'query-cancelled') throw error;
      rows = undefined;
      met.push(error.message);
    }
    const record = await zeroRecord(store, facts, met);
    await writeOut(
      process.stdout,
      options.format === 'json' ? `${jsonText({ rows: rows ?? null, ...record })}\n` : zeroText(record, rows),
    );
  } catch (error) {
    throw error instanceof SearchError ? searchFailure(error, text) : error;
  } finally {
    process.removeListener('SIGINT', interrupt);
    await store.close();
  }
}
