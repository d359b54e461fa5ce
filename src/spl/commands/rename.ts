import type { Span } from '../../core/diagnostic.ts';
import { expectEnd, isKeyword, takeField } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { countStars } from '../parse-measures.ts';

interface RenameNode {
  readonly kind: 'rename';
  readonly pairs: readonly { readonly from: string; readonly to: string; readonly span: Span }[];
}

export const rename: Command<RenameNode> = {
  name: 'rename',
  kind: 'streaming',
  mode: 'arguments',
  syntax: 'rename <field> AS <name> [, <field> AS <name>]...',
  summary: 'Gives fields other names.',
  notes: [
    'With wildcards both names need the same number of `*`; what one stands for is carried over.',
    'A field that does not exist takes the target away, if that exists.',
  ],
  examples: [
    { search: 'index=main | rename ProcessId AS pid, ParentProcessId AS ppid', summary: 'Two fields.' },
    { search: 'index=main | rename "Processes.*" AS *', summary: 'Takes a prefix off.' },
  ],
  parse(reader) {
    const pairs: { from: string; to: string; span: Span }[] = [];
    for (;;) {
      const token = reader.peek('arguments');
      if (token.kind === 'comma' || token.kind === 'macro') {
        reader.next('arguments');
        continue;
      }
      const from = takeField(reader);
      if (from === undefined) break;
      const as = reader.peek('arguments');
      if (!isKeyword(as, 'as')) {
        reader.report('missing-part', { expected: `AS and a name for "${from.name}"` }, from.span);
        if (as.kind !== 'comma') reader.skipToEnd();
        continue;
      }
      reader.next('arguments');
      const to = takeField(reader);
      if (to === undefined) {
        reader.report('missing-part', { expected: 'a name after AS' }, as.span);
        continue;
      }
      const span = { start: from.span.start, end: to.span.end };
      if (countStars(from.name) !== countStars(to.name))
        reader.report('wildcard-mismatch', { from: from.name, to: to.name }, span);
      pairs.push({ from: from.name, to: to.name, span });
    }
    expectEnd(reader, 'rename');
    if (pairs.length === 0) {
      if (reader.diagnostics.length === 0)
        reader.report(
          'missing-argument',
          { command: 'rename', what: 'a pair of names: field AS name' },
          reader.here(),
        );
      return undefined;
    }
    return { kind: 'rename', pairs };
  },
  lower(node, { span }) {
    return [{ kind: 'rename', pairs: node.pairs, span }];
  },
};
