import { terminalText } from '../core/terminal-text.ts';
import { findHost, readHostNames } from '../lineage/find-host.ts';
import type { Store } from '../store/store.ts';
import { CommandFailure } from './command-failure.ts';

const mostShown = 12;

/** A host as the store names it, and what it was called where that was its short name. */
export interface NamedHost {
  readonly name: string;
  readonly calledBy: string | undefined;
  /** Hosts that may be the same computer under its other name. */
  readonly alike: readonly string[];
}

/** The host that `--host` names; a name that is none, or of several, ends the command. */
export async function namedHost(store: Store, name: string): Promise<NamedHost> {
  const found = findHost(await readHostNames(store), name);
  if (found.kind === 'found')
    return {
      name: found.host,
      calledBy: found.by === 'short-name' ? name : undefined,
      alike: found.alike,
    };
  const shown = found.hosts.slice(0, mostShown).map((host) => terminalText(host));
  const more = found.hosts.length > shown.length ? `, and ${found.hosts.length - shown.length} more` : '';
  throw new CommandFailure(
    found.kind === 'ambiguous'
      ? `keizu: ${terminalText(name)} is short for several hosts: ${shown.join(', ')}${more}.`
      : `keizu: no event is of a host called ${terminalText(name)}.\n  ${
          shown.length === 0 ? 'The store has no events.' : `Hosts in the store: ${shown.join(', ')}${more}.`
        }`,
  );
}
