import { checkCondition } from '../check-expression.ts';
import type { Command } from '../command.ts';
import type { Expression } from '../expression.ts';
import { parseWholeExpression } from '../parse-expression.ts';

interface WhereNode {
  readonly kind: 'where';
  readonly test: Expression;
}

export const where: Command<WhereNode> = {
  name: 'where',
  kind: 'streaming',
  mode: 'expression',
  syntax: 'where <condition>',
  summary: 'Keeps the rows for which a condition is true; where it is false or null the row goes.',
  notes: [
    'Both sides of a comparison may be fields. Text compares with regard to letter case and without wildcards; use like() or match().',
    'Precedence, high to low: NOT, AND, OR, XOR.',
  ],
  examples: [
    { search: 'index=main | where ParentImage != Image', summary: 'Compares two fields.' },
    {
      search: 'index=main | where match(CommandLine, "(?i)-enc")',
      summary: 'Rows that match a regular expression.',
    },
  ],
  parse(reader) {
    const test = parseWholeExpression(reader);
    checkCondition(reader, test, 'condition', '"where"');
    return { kind: 'where', test };
  },
  lower(node, { span }) {
    return [{ kind: 'filter', test: node.test, span }];
  },
};
