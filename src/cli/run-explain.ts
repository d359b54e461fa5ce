import { terminalText } from '../core/terminal-text.ts';
import { explainPlan } from '../spl/explain.ts';
import { explainSyntax } from '../spl/explain-syntax.ts';
import { renderDiagnostic } from '../spl/render-diagnostic.ts';
import { planSearch } from '../spl/run.ts';
import { SearchError } from '../spl/search-error.ts';
import { sqlParts, syntaxParts } from '../views/explain-text.ts';
import { openStore } from './open-store.ts';
import { searchFailure } from './search-failure.ts';
import { searchRange } from './search-range.ts';
import { searchText } from './search-text.ts';
import { writeOut } from './write-out.ts';

export interface ExplainOptions {
  readonly store?: string;
  readonly earliest?: string;
  readonly latest?: string;
  readonly timezone: string;
}

/** Prints every form of a search; see `keizu explain --help`. A faulty search is shown as far as it goes, then fails. */
export async function runExplainCommand(argument: string, options: ExplainOptions): Promise<void> {
  const range = searchRange(options);
  const text = await searchText(argument);
  const syntax = explainSyntax(text, range);
  const parts = syntaxParts(text, syntax);
  const store = await openStore(options.store, 'must-exist');
  try {
    const { plan, environment } = await planSearch(store, text, range);
    parts.push(...sqlParts(explainPlan(plan, environment)));
  } catch (error) {
    await show(parts);
    throw error instanceof SearchError ? searchFailure(error, text) : error;
  } finally {
    await store.close();
  }
  await show(parts);
  for (const diagnostic of syntax.diagnostics)
    process.stderr.write(`${renderDiagnostic(diagnostic, text)}\n`);
}

async function show(parts: readonly string[]): Promise<void> {
  await writeOut(
    process.stdout,
    `${parts
      .map((part) => terminalText(part, true))
      .join('\n')
      .trimStart()}\n`,
  );
}
