import type { Command } from '../command.ts';
import { parseSearchExpression } from '../parse-search.ts';
import type { SearchExpression } from '../search-expression.ts';

interface SearchNode {
  readonly kind: 'search';
  readonly test: SearchExpression;
}

/** `search` behind a pipe. The first stage has the same language; the planner puts it into the source. */
export const search: Command<SearchNode> = {
  name: 'search',
  kind: 'streaming',
  mode: 'search',
  syntax: 'search <search-expression>',
  summary: 'Keeps the events or rows that match words, phrases and field comparisons.',
  notes: [
    'Precedence, high to low: parentheses, NOT, OR, AND; AND is implied between terms. Operators are upper case.',
    'Comparisons: `field=value`, `!=`, `<`, `<=`, `>`, `>=`, `field IN (a, b*)`; `*` is a wildcard; letter case does not matter.',
    '`field!=value` keeps only rows that have the field; `NOT field=value` also those that do not.',
    'In the first stage `earliest=`, `latest=`, `_index_earliest=` and `_index_latest=` set the time range.',
    'Words and "phrases" are looked for in `_raw` by segments; TERM(x) and CASE(x) narrow that.',
  ],
  examples: [
    {
      search: 'index=main EventCode=1 (powershell OR cmd.exe)',
      summary: 'The first stage needs no command name.',
    },
    {
      search: 'index=main | search CommandLine="*Salaries.xls*"',
      summary: 'Events with a piece of text in a field.',
    },
    {
      search: 'index=main earliest=-24h EventCode IN (1, 3, 11) NOT user=SYSTEM',
      summary: 'A list and a negation.',
    },
  ],
  parse(reader) {
    return { kind: 'search', test: parseSearchExpression(reader, { first: false }) };
  },
  lower(node, { span }) {
    return node.test.kind === 'all' ? [] : [{ kind: 'search', test: node.test, span }];
  },
};
