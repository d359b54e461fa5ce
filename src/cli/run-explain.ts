import { terminalText } from '../core/terminal-text.ts';
import { type ExplainedPlan, explainPlan } from '../spl/explain.ts';
import { explainSyntax } from '../spl/explain-syntax.ts';
import { renderDiagnostic } from '../spl/render-diagnostic.ts';
import { planSearch } from '../spl/run.ts';
import { SearchError } from '../spl/search-error.ts';
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
  const parts = [
    heading('tokens'),
    syntax.tokens
      .map(({ kind, span }) => `${kind.padEnd(12)} ${text.slice(span.start, span.end)}`)
      .join('\n'),
  ];
  if (syntax.expanded !== undefined) parts.push(heading('expanded'), syntax.expanded);
  if (syntax.tree !== undefined) parts.push(heading('tree'), json(syntax.tree));
  if (syntax.plan !== undefined) parts.push(heading('plan'), json(syntax.plan));
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

function heading(name: string): string {
  return `\n== ${name}`;
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function sqlParts({ segments, reads, open }: ExplainedPlan): string[] {
  const fields =
    reads === undefined ? 'every field' : reads.length === 0 ? 'no field by name' : reads.join(', ');
  const parts = [heading('fields read of each event'), fields];
  for (const { title, sql, parameters, probes } of segments) {
    parts.push(heading(`SQL: ${title}`), sql);
    for (const [name, value] of Object.entries(parameters))
      parts.push(`  ${name} = ${JSON.stringify(value, plainNumber)}`);
    for (const probe of probes)
      parts.push('-- run afterwards, to tell whether a limit cut something:', probe);
  }
  if (open !== undefined) parts.push(heading('and then'), open);
  return parts;
}

function plainNumber(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
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
