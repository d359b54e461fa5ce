import type { Span } from '../../core/diagnostic.ts';
import { expectEnd, readOptions, takeCount } from '../argument-reader.ts';
import { checkCondition } from '../check-expression.ts';
import type { Command } from '../command.ts';
import type { Expression } from '../expression.ts';
import { booleanOption, integerOption } from '../option.ts';
import { parseExpression } from '../parse-expression.ts';

interface HeadNode {
  readonly kind: 'head';
  readonly limit: number | undefined;
  readonly test: Expression | undefined;
  readonly nullContinues: boolean;
  readonly keepLast: boolean;
}

const options = {
  limit: integerOption(undefined, 'How many rows.', { least: 0 }),
  null: booleanOption(false, 'With a condition: whether a row for which it is null counts as true.'),
  keeplast: booleanOption(false, 'With a condition: whether the row that ended the rows is kept.'),
} as const;

export const head: Command<HeadNode> = {
  name: 'head',
  kind: 'ordering',
  mode: 'arguments',
  syntax: 'head [<int> | limit=<int>] [null=<bool>] [keeplast=<bool>] [(<condition>)]',
  summary: 'Keeps the first rows (10 of them), or the rows until a condition first fails.',
  options,
  examples: [
    { search: 'index=main | head 5', summary: 'The five newest events.' },
    { search: 'index=main | sort 0 _time | head (EventCode=1)', summary: 'Up to the first other event.' },
  ],
  parse(reader) {
    const found = readOptions(reader, 'head', options);
    let count: { value: number; span: Span } | undefined;
    let test: Expression | undefined;
    for (;;) {
      if (found.take()) continue;
      if (count === undefined) {
        count = takeCount(reader, 0);
        if (count !== undefined) continue;
      }
      const token = reader.peek('arguments');
      if (token.kind === 'macro') {
        reader.next('arguments');
        continue;
      }
      if (test !== undefined || token.kind !== 'open') break;
      test = parseExpression(reader);
      checkCondition(reader, test, 'condition', '"head"');
    }
    expectEnd(reader, 'head');
    const limitSpan = found.given.get('limit');
    if (count !== undefined && limitSpan !== undefined)
      reader.report('option-given-twice', { name: 'limit' }, limitSpan);
    return {
      kind: 'head',
      limit: count?.value ?? found.values.limit,
      test,
      nullContinues: found.values.null,
      keepLast: found.values.keeplast,
    };
  },
  lower({ limit, test, nullContinues, keepLast }, { span }) {
    if (test === undefined) return [{ kind: 'head', count: limit ?? 10, span }];
    const bound = limit === undefined ? {} : { limit };
    return [{ kind: 'head-while', test, nullContinues, keepLast, ...bound, span }];
  },
};
