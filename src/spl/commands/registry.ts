import type { Command } from '../command.ts';
import { evalCommand } from './eval.ts';
import { head } from './head.ts';
import { pstree } from './pstree.ts';
import { rex } from './rex.ts';
import { search } from './search.ts';
import { sort } from './sort.ts';
import { stats } from './stats.ts';
import { table } from './table.ts';
import { where } from './where.ts';

/** Every command that exists here; its name and aliases find it. */
export const commands: readonly Command[] = [
  evalCommand,
  head,
  pstree,
  rex,
  search,
  sort,
  stats,
  table,
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
