import { terminalText } from '../core/terminal-text.ts';
import { explainPlan } from '../spl/explain.ts';
import { explainSyntax } from '../spl/explain-syntax.ts';
import { renderDiagnostic } from '../spl/render-diagnostic.ts';
import { planSearch } from '../spl/run.ts';
import { SearchError } from '../spl/search-error.ts';
import { type ExplainSection, explainText, sqlSections, syntaxSections } from '../views/explain-text.ts';
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
  const sections = syntaxSections(text, syntax);
  const store = await openStore(options.store, 'must-exist');
  try {
    const { plan, environment } = await planSearch(store, text, range);
    sections.push(...sqlSections(explainPlan(plan, environment)));
  } catch (error) {
    await show(sections);
    throw error instanceof SearchError ? searchFailure(error, text) : error;
  } finally {
    await store.close();
  }
  await show(sections);
  for (const diagnostic of syntax.diagnostics)
    process.stderr.write(`${renderDiagnostic(diagnostic, text)}\n`);
}

async function show(sections: readonly ExplainSection[]): Promise<void> {
  await writeOut(process.stdout, `${terminalText(explainText(sections), true)}\n`);
}
