import { findHost } from '../lineage/find-host.ts';
import type {
  ConnectionAnswer,
  ConnectionQuestion,
  ConnectionReader,
  ConnectionRow,
} from '../spl/connection-reader.ts';
import { limitedStore } from '../store/limited-store.ts';
import type { Store } from '../store/store.ts';
import { connectionRow } from './connection-row.ts';
import { connectionsSelected, unrecordedSelected } from './egress-view.ts';
import type { EgressProcess } from './join/join-input.ts';
import { isProxyProduct } from './read-connections.ts';
import { type JoinedConnection, readEgress } from './read-egress.ts';
import { unrecordedRow } from './unrecorded-row.ts';

/** Connections for searches: what `keizu egress` says of the same hosts and time range. */
export function connectionReader(store: Store): ConnectionReader {
  return { isRecord: isProxyProduct, read: (question) => answer(store, question) };
}

async function answer(store: Store, question: ConnectionQuestion): Promise<ConnectionAnswer> {
  const { records, hosts, earliest, latest, process, destination, limits } = question;
  const [only] = hosts;
  // Of one host, what others did need not be read.
  const host = records.size === 0 && hosts.size === 1 ? only : undefined;
  const egress = await readEgress(
    limitedStore(store, (own) => ({ ...limits(), ...own })),
    { host, earliest, latest },
  );
  const asked = connectionsSelected(egress, { process, destination }).filter(
    ({ connection, match }) => records.has(connection.id) || match.hosts.some((each) => hosts.has(each)),
  );
  const found = question.host === undefined ? undefined : hostMeant(question.host, hosts, asked);
  const isOf = ({ match }: JoinedConnection) =>
    found === undefined || (found.kind === 'found' && match.hosts.includes(found.host));
  const connections = rowsOf(asked.filter(isOf), egress.events.processes);
  const isMeant = (name: string) =>
    found === undefined ? hosts.has(name) : found.kind === 'found' && found.host === name;
  const unrecorded = question.unrecorded
    ? unrecordedSelected(egress, { process, destination })
        .filter((each) => isMeant(each.process.host))
        .map(unrecordedRow)
    : [];
  return {
    rows: unrecorded.length === 0 ? connections : newestFirst([...connections, ...unrecorded]),
    unclearHost:
      found === undefined || found.kind === 'found'
        ? undefined
        : found.kind === 'ambiguous'
          ? found.hosts
          : [],
  };
}

function newestFirst(rows: readonly ConnectionRow[]): readonly ConnectionRow[] {
  return rows.toSorted((one, other) => {
    const [first = 0n, second = 0n] = [one._time, other._time];
    return first > second ? -1 : first < second ? 1 : 0;
  });
}

/** The host that a name means among those that were asked for, and those that the connections are of. */
function hostMeant(name: string, hosts: ReadonlySet<string>, asked: readonly JoinedConnection[]) {
  return findHost([...new Set([...hosts, ...asked.flatMap(({ match }) => match.hosts)])].sort(), name);
}

function* rowsOf(
  connections: readonly JoinedConnection[],
  processes: readonly EgressProcess[],
): Generator<ConnectionRow> {
  for (let at = connections.length - 1; at >= 0; at--)
    yield connectionRow(connections[at] as JoinedConnection, processes);
}
