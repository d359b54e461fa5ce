import { terminalText } from '../core/terminal-text.ts';
import { findHost, readHostNames } from '../lineage/find-host.ts';
import type { Store } from '../store/store.ts';
import { CommandFailure } from './command-failure.ts';

const mostShown = 12;

/** The host that `--host` names, as events have it; a name that is none, or of several, ends the command. */
export async function namedHost(store: Store, name: string): Promise<string> {
  const found = findHost(await readHostNames(store), name);
  if (found.kind === 'found') return found.host;
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
