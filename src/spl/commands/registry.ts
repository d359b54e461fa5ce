import type { Command } from '../command.ts';
import { bin } from './bin.ts';
import { chart } from './chart.ts';
import { convert } from './convert.ts';
import { dedup } from './dedup.ts';
import { egress } from './egress.ts';
import { evalCommand } from './eval.ts';
import { eventstats } from './eventstats.ts';
import { fields } from './fields.ts';
import { fillnull } from './fillnull.ts';
import { head } from './head.ts';
import { makemv } from './makemv.ts';
import { makeresults } from './makeresults.ts';
import { mvexpand } from './mvexpand.ts';
import { proctree } from './proctree.ts';
import { pstree } from './pstree.ts';
import { rare } from './rare.ts';
import { regex } from './regex.ts';
import { ancestors, descendants } from './relatives.ts';
import { rename } from './rename.ts';
import { reverse } from './reverse.ts';
import { rex } from './rex.ts';
import { search } from './search.ts';
import { sort } from './sort.ts';
import { stats } from './stats.ts';
import { streamstats } from './streamstats.ts';
import { table } from './table.ts';
import { tail } from './tail.ts';
import { timechart } from './timechart.ts';
import { top } from './top.ts';
import { where } from './where.ts';

/** Every command that exists here; its name and aliases find it. */
export const commands: readonly Command[] = [
  ancestors,
  bin,
  chart,
  convert,
  dedup,
  descendants,
  egress,
  evalCommand,
  eventstats,
  fields,
  fillnull,
  head,
  makemv,
  makeresults,
  mvexpand,
  proctree,
  pstree,
  rare,
  regex,
  rename,
  reverse,
  rex,
  search,
  sort,
  stats,
  streamstats,
  table,
  tail,
  timechart,
  top,
  where,
];

const byName = new Map<string, Command>();
for (const command of commands)
  for (const name of [command.name, ...(command.aliases ?? [])]) byName.set(name, command);

/** Finds a command by its name or an alias, in any letter case. */
export function findCommand(name: string): Command | undefined {
  return byName.get(name.toLowerCase());
}

/** Names and aliases, for hints and completion. */
export function commandNames(): Iterable<string> {
  return byName.keys();
}
