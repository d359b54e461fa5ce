import { expectEnd, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { fieldOption, textOption } from '../option.ts';
import type { ProcessFields } from '../plan.ts';
import { momentOption, readMoment } from './moment-option.ts';

interface ProctreeNode {
  readonly kind: 'proctree';
  readonly fields: ProcessFields;
  readonly root: string | undefined;
  readonly asof: string | undefined;
}

const options = {
  host: fieldOption('host', 'Field with the host. Trees of different hosts are never mixed.'),
  pid: fieldOption('process_id', 'Field with the process id, decimal or 0x… hexadecimal.'),
  ppid: fieldOption('parent_process_id', "Field with the parent's process id."),
  guid: fieldOption('process_guid', "Field with the process's GUID."),
  pguid: fieldOption('parent_process_guid', "Field with the parent's GUID."),
  image: fieldOption('process_path', 'Field with the path of the program.'),
  pimage: fieldOption('parent_process_path', "Field with the path of the parent's program."),
  command: fieldOption('process', 'Field with the command line.'),
  pcommand: fieldOption('parent_process', "Field with the parent's command line."),
  user: fieldOption('user', 'Field with the account.'),
  root: textOption(undefined, 'Trees begin at processes whose path or command line has this text.'),
  asof: momentOption('Takes only events that had arrived (`_indextime`) by this time.'),
} as const;

export const proctree: Command<ProctreeNode> = {
  name: 'proctree',
  kind: 'transforming',
  mode: 'arguments',
  syntax:
    'proctree [host=<field>] [pid=<field>] [ppid=<field>] [guid=<field>] [pguid=<field>] [image=<field>] [pimage=<field>] [command=<field>] [pcommand=<field>] [user=<field>] [root=<string>] [asof=<time>]',
  summary:
    'Builds the process trees of the events that it is given, one row a process in the order of the tree, with a grade on every edge.',
  notes: [
    '`tree` is the drawn line, `link_grade` says how sure the parent is (exact, probable, ambiguous, claimed, none), `link_reasons` and `link_candidates` say why. docs/lineage.md explains them.',
    'Give it process starts and ends (`_event_class=process-start OR _event_class=process-end`); events of other classes tell that a process was running.',
    'It sees no other events than its rows: a warning counts the parents that lie outside of them. `ancestors` and `descendants` read the store.',
  ],
  options,
  examples: [
    {
      search:
        '_event_class=process-* host=ws01* | proctree root=winword | table _time tree process link_grade',
      summary: 'What Word started, and what that started.',
    },
    {
      search: '_event_class=process-* | proctree | search link_grade=ambiguous',
      summary: 'Processes whose parent is in doubt.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'proctree', options);
    while (found.take());
    expectEnd(reader, 'proctree');
    const { root, asof, ...fields } = found.values;
    return { kind: 'proctree', fields, root, asof };
  },
  lower({ fields, root, asof }, context) {
    const moment = readMoment(asof, context);
    return [{ kind: 'process-tree', fields, root, asOf: moment, span: context.span }];
  },
};
