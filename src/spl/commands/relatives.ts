import { expectEnd, readOptions } from '../argument-reader.ts';
import type { Command, CommandExample } from '../command.ts';
import { fieldOption } from '../option.ts';
import { momentOption, readMoment } from './moment-option.ts';

interface RelativesNode {
  readonly kind: 'relatives';
  readonly host: string;
  readonly pid: string;
  readonly guid: string;
  readonly asof: string | undefined;
}

const options = {
  host: fieldOption('host', 'Field with the host.'),
  pid: fieldOption('process_id', 'Field with the process id; with `_time`, which process bore it then.'),
  guid: fieldOption('process_guid', "Field with the process's GUID; it goes before the process id."),
  asof: momentOption('Takes only events that had arrived (`_indextime`) by this time.'),
} as const;

/** A command that takes rows of processes and gives those above or below them, out of the store. */
function relatives(
  name: 'ancestors' | 'descendants',
  summary: string,
  example: CommandExample,
): Command<RelativesNode> {
  return {
    name,
    kind: 'transforming',
    mode: 'arguments',
    syntax: `${name} [host=<field>] [pid=<field>] [guid=<field>] [asof=<time>]`,
    summary,
    notes: [
      'The store is read beyond the time range and the indexes of the search: every start and end of the hosts.',
      'Rows and fields are those of proctree.',
    ],
    options,
    examples: [example],
    parse(reader) {
      const found = readOptions(reader, name, options);
      while (found.take());
      expectEnd(reader, name);
      return { kind: 'relatives', ...found.values };
    },
    lower({ host, pid, guid, asof }, context) {
      const { span } = context;
      return [{ kind: 'relatives', side: name, host, pid, guid, asOf: readMoment(asof, context), span }];
    },
  };
}

export const ancestors = relatives(
  'ancestors',
  'Gives the processes of the rows with their parents up to the root, in the order of the tree.',
  {
    search: 'Image="*powershell.exe" CommandLine="*-enc*" | ancestors | table _time tree process link_grade',
    summary: 'Where encoded PowerShell came from.',
  },
);

export const descendants = relatives(
  'descendants',
  'Gives the processes of the rows with everything that they started, in the order of the tree.',
  {
    search:
      '_event_class=process-start Image="*winword.exe" earliest=-1h | descendants | table _time tree process',
    summary: 'What Word started, also after the time range.',
  },
);
