import type { ExplainedPlan, ExplainedSegment } from '../spl/explain.ts';
import type { ExplainedSyntax } from '../spl/explain-syntax.ts';

/** What a section of an explanation shows. `sql-*`: the statement of a segment, by what it is for. */
export const explainHeadings = [
  'tokens',
  'expanded',
  'tree',
  'plan',
  'fields-read',
  'sql-question',
  'sql-present',
  'sql-event-rows',
  'sql-result',
  'sql-operator',
  'probes',
  'then-question',
  'then-more',
] as const;

export type ExplainHeading = (typeof explainHeadings)[number];

/** A form of a search under its heading. */
export interface ExplainSection {
  readonly heading: ExplainHeading;
  /** Which command the rows of `sql-operator` go to, `pstree parent=A child=B`. */
  readonly operator: string | null;
  /** Empty where the heading says all, or where there is none. */
  readonly text: string;
}

const englishHeadings: Readonly<Record<ExplainHeading, string>> = {
  tokens: 'tokens',
  expanded: 'expanded',
  tree: 'tree',
  plan: 'plan',
  'fields-read': 'fields read of each event',
  'sql-question': 'SQL: what the rest of the search depends on',
  'sql-present': 'SQL: which fields the events have: the fields that the search shows',
  'sql-event-rows': 'SQL: the rows of the result with all that they have: the fields that the search shows',
  'sql-result': 'SQL: the rows of the result',
  'sql-operator': 'SQL: rows for the operator',
  probes: '-- run afterwards, to tell whether a limit cut something:',
  'then-question': 'what the rest of the search depends on',
  'then-more': 'there are more segments',
};

/** The forms that need no store: tokens, the text with its macros expanded, the tree, the plan. */
export function syntaxSections(text: string, syntax: ExplainedSyntax): ExplainSection[] {
  const tokens = syntax.tokens.map(
    ({ kind, span }) => `${kind.padEnd(12)} ${text.slice(span.start, span.end)}`,
  );
  const sections = [section('tokens', tokens.join('\n'))];
  if (syntax.expanded !== undefined) sections.push(section('expanded', syntax.expanded));
  if (syntax.tree !== undefined) sections.push(section('tree', json(syntax.tree)));
  if (syntax.plan !== undefined) sections.push(section('plan', json(syntax.plan)));
  return sections;
}

/** The forms that need the store: the fields that are read, each on a line (`*`: every one), and the SQL of each segment. */
export function sqlSections({ segments, reads, open }: ExplainedPlan): ExplainSection[] {
  const sections = [section('fields-read', reads === undefined ? '*' : reads.join(', '))];
  for (const segment of segments) {
    const values = Object.entries(segment.parameters).map(
      ([name, value]) => `  ${name} = ${JSON.stringify(value, plainNumber)}`,
    );
    sections.push(sqlSection(segment, [segment.sql, ...values].join('\n')));
    if (segment.probes.length > 0) sections.push(section('probes', segment.probes.join('\n')));
  }
  if (open !== undefined) sections.push(section(open === 'question' ? 'then-question' : 'then-more', ''));
  return sections;
}

/** Sections as the command line prints them. */
export function explainText(sections: readonly ExplainSection[]): string {
  return sections
    .map(({ heading, operator, text }) => {
      const title = englishHeadings[heading];
      if (heading === 'probes') return `${title}\n${text}`;
      if (heading === 'then-question' || heading === 'then-more') return `\n== and then\n${title}`;
      if (heading === 'fields-read')
        return `\n== ${title}\n${text === '*' ? 'every field' : text === '' ? 'no field by name' : text}`;
      return `\n== ${title}${operator === null ? '' : `: ${operator}`}\n${text}`;
    })
    .join('\n')
    .trimStart();
}

function section(heading: ExplainHeading, text: string): ExplainSection {
  return { heading, operator: null, text };
}

function sqlSection({ purpose, operator }: ExplainedSegment, text: string): ExplainSection {
  return { heading: `sql-${purpose}`, operator: operator ?? null, text };
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function plainNumber(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
