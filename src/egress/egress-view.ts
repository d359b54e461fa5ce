import { imageName } from '../lineage/image-name.ts';
import { plainGuid } from '../lineage/start-key.ts';
import { type Destination, destinationsOf } from './destinations.ts';
import type { EgressProcess } from './join/join-input.ts';
import type { Egress, JoinedConnection } from './read-egress.ts';
import { type Unrecorded, unrecordedOf } from './unrecorded.ts';

/** What part of an answer is shown. */
export interface EgressSelection {
  /** A file name (`regsvr32.exe`), a process id or a GUID. */
  readonly process?: string | undefined;
  /** A part of a name or address. */
  readonly destination?: string | undefined;
}

/** An answer, ready to be written. */
export interface EgressView {
  readonly egress: Egress;
  readonly selection: EgressSelection;
  readonly connections: readonly JoinedConnection[];
  readonly destinations: readonly Destination[];
  readonly unrecorded: readonly Unrecorded[];
  /** The processes that `--process` names; empty where it names none. */
  readonly processes: readonly EgressProcess[];
}

/** Takes the part that is asked for: of a process, all connections for which anything speaks for it. */
export function egressView(egress: Egress, selection: EgressSelection): EgressView {
  const { process } = selection;
  const connections = connectionsSelected(egress, selection);
  return {
    egress,
    selection,
    connections,
    destinations: destinationsOf(egress, connections),
    unrecorded: unrecordedSelected(egress, selection),
    processes: process === undefined ? [] : egress.events.processes.filter((each) => isNamed(each, process)),
  };
}

/** What is without a proxy's record in a part of an answer. */
export function unrecordedSelected(
  egress: Egress,
  { process, destination }: EgressSelection,
): readonly Unrecorded[] {
  return unrecordedOf(egress, (each) => process === undefined || isNamed(each, process)).filter((each) =>
    hasText(each.destination, destination),
  );
}

/** The connections of a part of an answer. */
export function connectionsSelected(
  { connections, events }: Egress,
  { process, destination }: EgressSelection,
): readonly JoinedConnection[] {
  const wanted = new Set<number>();
  if (process !== undefined)
    for (const [index, each] of events.processes.entries()) if (isNamed(each, process)) wanted.add(index);
  return connections.filter(
    ({ connection, match }) =>
      (hasText(connection.destination, destination) ||
        hasText(connection.serverAddress, destination) ||
        hasText(connection.url, destination)) &&
      (process === undefined || match.candidates.some((each) => wanted.has(each.process))),
  );
}

function hasText(name: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || (name ?? '').toLowerCase().includes(wanted.toLowerCase());
}

function isNamed({ guid, pid, image }: EgressProcess, name: string): boolean {
  if (/^\d+$/.test(name)) return pid === Number(name);
  const lower = name.toLowerCase();
  if (guid !== undefined && plainGuid(name) === guid) return true;
  return image !== undefined && (imageName(image).toLowerCase() === lower || image.toLowerCase() === lower);
}
