import { expectEnd, readOptions } from '../argument-reader.ts';
import type { Command } from '../command.ts';
import { booleanOption, textOption } from '../option.ts';

interface EgressNode {
  readonly kind: 'egress';
  readonly host: string | undefined;
  readonly process: string | undefined;
  readonly dest: string | undefined;
  readonly unrecorded: boolean;
}

const options = {
  host: textOption(undefined, 'Only connections of this host: its name, or its name without domain.'),
  process: textOption(
    undefined,
    'Only connections that may be of this process: a file name, a process id or a GUID.',
  ),
  dest: textOption(undefined, 'Only destinations and addresses with this text in them.'),
  unrecorded: booleanOption(
    false,
    'Also rows of what processes looked up or connected to of which no proxy has a record.',
  ),
} as const;

export const egress: Command<EgressNode> = {
  name: 'egress',
  kind: 'transforming',
  mode: 'arguments',
  syntax: 'egress [host=<string>] [process=<string>] [dest=<string>] [unrecorded=<bool>]',
  summary:
    'Gives the connections that proxies and watchers of the network recorded, one row each, newest first, with what the record proves and the process that it is joined to.',
  notes: [
    "A row that is itself a proxy's record gives its connection. Any other row names a `host`, and gives that host's connections within the search's time range, whatever index they are in.",
    '`verdict` says what the record proves (`verdict_code`, `verdict_reason`, `reached`, `out`, `back`, `complete`). `tier` says how the process was found, `standing` and `competing` how sure that is, `reasons` why, `candidates` who else it may be. docs/egress.md explains them.',
    '`process_id`, `process_guid`, `process_name`, `process_path` and `process_user` are empty where candidates are equally likely (`standing=undecided`). `host` is empty where several may have had the address; `hosts` has them all.',
    'With `unrecorded=true`, destinations of which no proxy has a record have rows, too, as in `keizu egress`: `verdict` is `name looked up only`, `tried`, or `not collected` where there is no log of that time; `_time` and `end_time` are the first and the last of `times`.',
    'Lists of who has which address count once they are in the store: `keizu ingest` reads a CSV with the columns `address`, `host` (and `from`, `to`).',
  ],
  options,
  examples: [
    {
      search: 'host=ws01* earliest=-1d | egress | stats count sum(bytes_in) BY verdict dest',
      summary: 'Which destinations of a host were reached, and which only tried.',
    },
    {
      search: 'status=200 url=*ringin* | egress | table _time host process_name tier url verdict',
      summary: 'Who made the requests that a search of the proxy log found.',
    },
    {
      search:
        '| makeresults | eval host="ws01.example" | egress process=regsvr32.exe | search explained=false',
      summary: 'Connections that may be of a process without its sensor having recorded them.',
    },
    {
      search: 'host=ws01* earliest=-1d | egress unrecorded=true | stats sum(times) BY dest verdict',
      summary: 'All that a host looked up, tried and reached.',
    },
  ],
  parse(reader) {
    const found = readOptions(reader, 'egress', options);
    while (found.take());
    expectEnd(reader, 'egress');
    return { kind: 'egress', ...found.values };
  },
  lower({ host, process, dest, unrecorded }, { span }) {
    return [{ kind: 'egress', host, process, destination: dest, unrecorded, span }];
  },
};
