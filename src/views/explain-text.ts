import type { ExplainedPlan } from '../spl/explain.ts';
import type { ExplainedSyntax } from '../spl/explain-syntax.ts';

/** The parts of an explanation that need no store: tokens, the text with its macros expanded, the tree, the plan. */
export function syntaxParts(text: string, syntax: ExplainedSyntax): string[] {
  const parts = [
    heading('tokens'),
    syntax.tokens
      .map(({ kind, span }) => `${kind.padEnd(12)} ${text.slice(span.start, span.end)}`)
      .join('\n'),
  ];
  if (syntax.expanded !== undefined) parts.push(heading('expanded'), syntax.expanded);
  if (syntax.tree !== undefined) parts.push(heading('tree'), json(syntax.tree));
  if (syntax.plan !== undefined) parts.push(heading('plan'), json(syntax.plan));
  return parts;
}

function heading(name: string): string {
  return `\n== ${name}`;
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** The parts of an explanation that need the store: the SQL of each segment. */
export function sqlParts({ segments, reads, open }: ExplainedPlan): string[] {
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
