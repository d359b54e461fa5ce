import { statSync } from 'node:fs';
import { jsonText } from '../core/terminal-text.ts';
import { userFormats } from '../products/squid/squid-formats.ts';
import { planSearch } from '../spl/run.ts';
import { SearchError } from '../spl/search-error.ts';
import { type Disagreement, verify } from '../verify/verify.ts';
import { countOf, countText } from '../views/quantity-text.ts';
import { CommandFailure } from './command-failure.ts';
import { exitStatus } from './exit-status.ts';
import { memoryBound } from './memory-bound.ts';
import { openStore } from './open-store.ts';
import { progressLine } from './progress-line.ts';
import { runVerifyExport } from './run-verify-export.ts';
import { searchFailure } from './search-failure.ts';
import { searchRange } from './search-range.ts';
import { disagreementText, verifyText } from './verify-text.ts';
import { writeOut } from './write-out.ts';

/** What `keizu verify` was given. */
export interface VerifyCommandOptions {
  readonly store?: string;
  readonly earliest?: string;
  readonly latest?: string;
  readonly timezone: string;
  readonly format: 'text' | 'json';
  readonly limit: number;
  readonly logformat?: readonly string[];
}

/** Events after which the progress is told anew. */
const step = 1_000;

/**
 * Reads stored raw texts again; see `keizu verify --help`. Fails where any event disagrees with its raw text, and where there is
 * none: a misspelt folder must not look verified.
 */
export async function runVerify(scope: string, options: VerifyCommandOptions): Promise<void> {
  if (isFolder(scope)) return runVerifyExport(scope, options.format);
  const range = searchRange(options);
  const store = await openStore(options.store, 'must-exist');
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    const planned = await planSearch(store, scope, range);
    if (planned.plan.source.kind !== 'events' || planned.plan.steps.length > 0)
      throw new CommandFailure(
        'keizu: the scope is what stands in front of a first pipe, such as "index=main host=ws-01".',
        exitStatus.wrongUsage,
      );
    const progress = progressLine(process.stderr);
    let shown = 0;
    const show = async (disagreement: Disagreement) => {
      if (shown++ >= options.limit) return;
      progress.clear();
      const line =
        options.format === 'json'
          ? jsonText({ kind: 'disagreement', ...disagreement })
          : disagreementText(disagreement);
      await writeOut(process.stdout, `${line}\n`);
    };
    const summary = await verify({
      store,
      planned,
      limits: { signal: stop.signal, memoryBytes: memoryBound() },
      squidFormats: userFormats(options.logformat ?? []),
      onDisagreement: show,
      onProgress: (events) => {
        if (events % step === 0) progress.show(`${countText(events)} events read again`);
      },
    });
    progress.clear();
    const text =
      options.format === 'json'
        ? `${jsonText({ kind: 'summary', ...summary })}\n`
        : verifyText(summary, Math.max(0, shown - options.limit));
    await writeOut(process.stdout, text);
    if (summary.events === 0)
      throw new CommandFailure(
        `keizu: no event is in the scope, so nothing was verified.${
          /[\\/]/.test(scope) || !scope.includes('=')
            ? '\n  A scope is written like "index=main host=ws-01"; the folder of an export has to be there.'
            : ''
        }`,
      );
    if (summary.differing > 0)
      throw new CommandFailure(
        `keizu: ${countOf(summary.differing, 'event differs', 'events differ')} from ${summary.differing === 1 ? 'its' : 'their'} raw text.`,
      );
  } catch (error) {
    throw error instanceof SearchError ? searchFailure(error, scope) : error;
  } finally {
    process.removeListener('SIGINT', interrupt);
    await store.close();
  }
}

/** Whether the scope is a folder that is there: no search is written like one. */
function isFolder(scope: string): boolean {
  return statSync(scope, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
