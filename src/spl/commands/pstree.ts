import { expectEnd, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { choiceOption, fieldOption, integerOption, textOption } from '../option.ts';

interface PstreeNode {
  readonly kind: 'pstree';
  readonly parent: string;
  readonly child: string;
  readonly detail: string | undefined;
  readonly spaces: number;
  readonly method: 'i' | 'r';
  readonly by: readonly string[];
}

const defaultSpaces = 120;

const options = {
  parent: fieldOption(undefined, 'Field with the label of the parent. Required.'),
  child: fieldOption(undefined, 'Field with the label of the child. Required.'),
  detail: fieldOption(undefined, 'Field with a text to show behind the child.'),
  spaces: integerOption(
    defaultSpaces,
    'Column at which the detail begins; 0 counts as 120, below 0 is one blank.',
  ),
  method: choiceOption(['i', 'r'], 'i', 'i shows each label once in a tree, r under each of its parents.'),
  by: textOption(
    undefined,
    'Fields, with commas between, that each get trees of their own.',
    '<field>[,<field>]...',
  ),
} as const;

export const pstree: Command<PstreeNode> = {
  name: 'pstree',
  kind: 'transforming',
  mode: 'arguments',
  syntax:
    'pstree parent=<field> child=<field> [detail=<field>] [spaces=<int>] [method=i|r] [by=<field>[,<field>]...]',
  summary: 'Draws the trees that rows of parent and child make, one row a root, in the field `tree`.',
  notes: [
    'Children come in the order in which rows arrive. Filter behind pstree, not before: a filter before it cuts the chain.',
  ],
  options,
  examples: [
    {
      search:
        'index=main EventCode=1 | pstree parent=ParentImage child=Image spaces=50 | search tree=*cmd.exe*',
      summary: 'Trees with cmd.exe in them.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'pstree', options);
    const by: string[] = [];
    while (found.take()) {
      // A list without quotes goes on behind its first comma.
      while (reader.peek('arguments').kind === 'comma' && found.given.has('by')) {
        reader.next('arguments');
        const more = reader.peek('arguments');
        if (more.kind !== 'word' && more.kind !== 'string') break;
        reader.next('arguments');
        by.push(more.value);
      }
    }
    expectEnd(reader, 'pstree');
    const { parent, child, detail, spaces, method } = found.values;
    const missing = (['child', 'parent'] as const).filter((name) => found.values[name] === undefined);
    if (parent === undefined || child === undefined) {
      reader.report(
        'missing-argument',
        {
          command: 'pstree',
          what: missing.length === 1 ? `the option ${missing[0]}` : 'the options child and parent',
        },
        {
          start: reader.start,
          end: reader.end,
        },
      );
      return undefined;
    }
    const first = (found.values.by ?? '').split(/[\s,]+/).filter((name) => name !== '');
    return {
      kind: 'pstree',
      parent,
      child,
      detail,
      spaces: spaces === 0 ? defaultSpaces : spaces,
      method,
      by: [...first, ...by],
    };
  },
  lower({ parent, child, detail, spaces, method, by }, { span }) {
    return [{ kind: 'pstree', parent, child, detail, spaces, method, by, span }];
  },
};
