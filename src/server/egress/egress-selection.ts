import type { z } from '@hono/zod-openapi';
import type { Ticks } from '../../core/ticks.ts';
import { type ProcessEgress, processEgress } from '../../egress/process-egress.ts';
import type { JoinedConnection } from '../../egress/read-egress.ts';
import type { Lineage } from '../../lineage/process.ts';
import { bearersAt } from '../../lineage/process-index.ts';
import { plainGuid } from '../../lineage/start-key.ts';
import { ApiFailure } from '../api-failure.ts';
import type { egressSelectionSchema } from '../contracts/egress.ts';
import { readMoment } from '../trees/request-moment.ts';
import type { KnownEgress } from './host-egress.ts';

type Query = Omit<z.output<typeof egressSelectionSchema>, 'host'>;

/** The part of a host's egress that is asked for. */
export interface EgressPart {
  /** Indexes of the processes that are asked for; undefined: of any. */
  readonly processes: ReadonlySet<number> | undefined;
  readonly destination: string | undefined;
  readonly connections: readonly JoinedConnection[];
  readonly behind: ProcessEgress['behind'];
}

/** Fails with `ApiFailure` where a process is asked for in two ways, or is not known. */
export function selectEgress(known: KnownEgress, query: Query, timezone: string): EgressPart {
  const processes = readProcesses(known, query, timezone);
  const destination = query.dest?.toLowerCase();
  const { connections } = known.egress;
  const named =
    destination === undefined ? connections : connections.filter((each) => isOf(each, destination));
  const own = processes && processEgress(named, processes);
  return {
    processes,
    destination,
    connections: own?.connections ?? named,
    behind: own?.behind ?? { connections: 0, destinations: 0 },
  };
}

function isOf({ connection }: JoinedConnection, text: string): boolean {
  const { destination, serverAddress, url } = connection;
  return [destination, serverAddress, url].some((each) => each?.toLowerCase().includes(text));
}

function readProcesses(
  { egress, indexes, lineage }: KnownEgress,
  { id, guid, pid, at }: Query,
  timezone: string,
): ReadonlySet<number> | undefined {
  if ([id, guid, pid].filter((each) => each !== undefined).length > 1)
    throw new ApiFailure(400, 'bad-request', 'id, guid and pid do not go together.', {
      hint: 'Give one of them, or none for the whole host.',
    });
  if (at !== undefined && pid === undefined) throw new ApiFailure(400, 'bad-request', 'at goes with pid.');
  const moment = readMoment('at', at, timezone);
  if (id === undefined && guid === undefined && pid === undefined) return undefined;
  const plain = guid === undefined ? undefined : plainGuid(guid);
  const found = new Set<number>();
  if (id !== undefined) {
    const index = indexes.get(id);
    if (index !== undefined) found.add(index);
  } else {
    const named = [...egress.events.processes.entries()]
      .filter(([, process]) => (plain !== undefined ? process.guid === plain : process.pid === pid))
      .map(([index]) => index);
    for (const index of moment === undefined ? named : bearersOf(lineage, named, moment)) found.add(index);
  }
  if (found.size === 0)
    throw new ApiFailure(404, 'process-unknown', `No process on ${egress.host ?? ''} is asked for by that.`, {
      hint: 'Events that arrived since may have given it another name; look for it in the tree.',
      values: { host: egress.host ?? '' },
    });
  return found;
}

/** Which of the processes of one process id bore it then: as the tree has it, or else those that only their own events tell of. */
function bearersOf(lineage: Lineage, processes: readonly number[], at: Ticks): readonly number[] {
  const bearers = bearersAt(
    lineage,
    processes.filter((index) => index < lineage.size),
    at,
  );
  return bearers.length > 0 ? bearers : processes.filter((index) => index >= lineage.size);
}
