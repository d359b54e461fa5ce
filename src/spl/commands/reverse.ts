import { expectEnd } from '../argument-reader.ts';
import type { Command } from '../command.ts';

interface ReverseNode {
  readonly kind: 'reverse';
}

export const reverse: Command<ReverseNode> = {
  name: 'reverse',
  kind: 'ordering',
  mode: 'arguments',
  syntax: 'reverse',
  summary: 'Turns the order of the rows around.',
  examples: [{ search: 'index=main | reverse', summary: 'Events, oldest first.' }],
  parse(reader) {
    expectEnd(reader, 'reverse');
    return { kind: 'reverse' };
  },
  lower(_node, { span }) {
    return [{ kind: 'reverse', span }];
  },
};
