import { lossReader } from '../coverage/host-loss.ts';
import { connectionReader } from '../egress/connection-reader.ts';
import { renderDiagnostic } from '../spl/render-diagnostic.ts';
import { runSearch } from '../spl/run.ts';
import { SearchError } from '../spl/search-error.ts';
import { countOf, countText } from '../views/quantity-text.ts';
import { eventView } from './event-view.ts';
import { memoryBound } from './memory-bound.ts';
import { openStore } from './open-store.ts';
import { progressLine } from './progress-line.ts';
import { rowWriter } from './row-writer.ts';
import { scannedText } from './scanned-text.ts';
import { searchFailure } from './search-failure.ts';
import { searchRange } from './search-range.ts';
import { searchText } from './search-text.ts';
import { writeOut } from './write-out.ts';

/** What `keizu search` was given. */
export interface SearchOptions {
  readonly store?: string;
  readonly format: 'table' | 'json' | 'csv';
  readonly earliest?: string;
  readonly latest?: string;
  readonly timezone: string;
  readonly maxTime?: number;
}

/** Runs a search and writes its rows; see `keizu search --help`. */
export async function runSearchCommand(argument: string, options: SearchOptions): Promise<void> {
  const range = searchRange(options);
  const text = await searchText(argument);
  const store = await openStore(options.store, 'must-exist');
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    const run = await runSearch(store, text, {
      ...range,
      signal: stop.signal,
      lossOf: lossReader(store),
      connectionReader: connectionReader(store),
      limits: {
        memoryBytes: memoryBound(),
        ...(options.maxTime !== undefined && { seconds: options.maxTime }),
      },
    });
    const out = process.stdout;
    const progress = progressLine(process.stderr);
    const view = options.format === 'table' ? eventView(run.columns) : undefined;
    const writer = rowWriter(options.format, view?.columns ?? run.columns, out, {
      timezone: range.timezone,
      ...(out.isTTY && { width: out.columns }),
    });
    let rows = 0;
    for await (const block of run.rows) {
      rows += block.length;
      if (!out.isTTY) progress.show(`${countText(rows)} rows`);
      await writer.write(view && view.hidden.length > 0 ? block.map(view.row) : block);
    }
    await writer.end();
    progress.clear();
    const shown = new Set<string>();
    for (const diagnostic of run.diagnostics) {
      const message = renderDiagnostic(diagnostic, text);
      if (!shown.has(message)) await writeOut(process.stderr, `${message}\n`);
      shown.add(message);
    }
    if (view && view.hidden.length > 0 && rows > 0) {
      const fields = countOf(view.hidden.length, 'more field');
      await writeOut(
        process.stderr,
        `note: events have ${fields}; "| table" chooses, --format json has all\n`,
      );
    }
    const scope = await run.scope();
    const scanned = scope === null ? '' : `; ${scannedText(scope)}`;
    await writeOut(process.stderr, `${countOf(rows, 'row')}${scanned}\n`);
  } catch (error) {
    throw error instanceof SearchError ? searchFailure(error, text) : error;
  } finally {
    process.removeListener('SIGINT', interrupt);
    await store.close();
  }
}
