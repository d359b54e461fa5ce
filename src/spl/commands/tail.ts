import { expectEnd, takeCount } from '../argument-reader.ts';
import type { Command } from '../command.ts';

interface TailNode {
  readonly kind: 'tail';
  readonly count: number;
}

export const tail: Command<TailNode> = {
  name: 'tail',
  kind: 'ordering',
  mode: 'arguments',
  syntax: 'tail [<int>]',
  summary: 'Keeps the last rows (10 of them), in reverse order.',
  examples: [{ search: 'index=main | tail 5', summary: 'The five oldest events, oldest first.' }],
  parse(reader) {
    const count = takeCount(reader, 0);
    expectEnd(reader, 'tail');
    return { kind: 'tail', count: count?.value ?? 10 };
  },
  lower(node, { span }) {
    return [{ kind: 'tail', count: node.count, span }];
  },
};
