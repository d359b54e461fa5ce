import type { Ticks } from '../core/ticks.ts';
import { readZoneIdentifier } from '../evidence/zone-identifier.ts';
import type { Lineage } from '../lineage/process.ts';
import { ProcessIndex } from '../lineage/process-index.ts';
import { fieldText } from '../store/field-place.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Cell, Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { hostAddress } from './address-sighting.ts';
import type { Contact, EgressProcess, NamedVia, Naming } from './join/join-input.ts';
import { millisecondsOf } from './milliseconds.ts';
import { namedTargets } from './named-targets.ts';
import { arrivedBy, proxyProducts } from './read-connections.ts';
import { plainHost } from './request-target.ts';

/** What the sensors of hosts tell of processes and the network. */
export interface ProcessEvents {
  readonly processes: readonly EgressProcess[];
  readonly contacts: readonly Contact[];
  readonly namings: readonly Naming[];
}

export interface ProcessEventScope {
  readonly lineages: readonly Lineage[];
  readonly earliest: Ticks | null;
  readonly latest: Ticks | null;
  /** Only what had arrived by then. */
  readonly asOf?: Ticks | undefined;
  /** Names that are of interest: other names in command lines are passed over. Questions for names are all kept. */
  readonly destinations: ReadonlySet<string>;
}

const columns: readonly Column[] = [
  { name: 'class', type: 'text' },
  { name: 'host', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'guid', type: 'text' },
  { name: 'pid', type: 'text' },
  { name: 'image', type: 'text' },
  { name: 'user', type: 'text' },
  { name: 'src_ip', type: 'text' },
  { name: 'src_port', type: 'text' },
  { name: 'dest_ip', type: 'text' },
  { name: 'dest_port', type: 'text' },
  { name: 'text', type: 'text' },
  { name: 'answers', type: 'text' },
];

/** Reads the processes of the lineages and what they connected to and named. */
export async function readProcessEvents(store: Store, scope: ProcessEventScope): Promise<ProcessEvents> {
  const known = new KnownProcesses(scope.lineages);
  const contacts: Contact[] = [];
  const namings: Naming[] = [];
  const name = (process: number, time: number, via: NamedVia, text: string): void => {
    for (const target of namedTargets(text))
      if (scope.destinations.has(target.name)) namings.push({ process, time, via, ...target });
  };
  for (const { process, commandLine, start } of known.commandLines())
    if (start !== undefined) name(process, start, 'command-line', commandLine);
  for await (const row of rows(store, scope)) {
    const [kind, host, , guid, pid, image, user] = row.map(text);
    const at = row[2];
    if (typeof at !== 'bigint' || host === undefined) continue;
    const process = known.find({ host, guid, pid, image, user, time: at });
    if (process === undefined) continue;
    const moment = millisecondsOf(at);
    const said = text(row[11]) ?? '';
    if (kind === 'network') {
      const source = hostAddress(text(row[7]) ?? '');
      const address = hostAddress(text(row[9]) ?? '');
      const sourcePort = Number(text(row[8]));
      const port = Number(text(row[10]));
      if (source !== undefined && address !== undefined && sourcePort > 0 && port > 0)
        contacts.push({ host, process, time: moment, source, sourcePort, address, port });
    } else if (kind === 'dns') {
      const asked = plainHost(said);
      if (asked !== '') namings.push({ process, time: moment, name: asked, via: 'dns', url: undefined });
      for (const answer of (text(row[12]) ?? '').split(/[;\s]+/)) {
        const address = hostAddress(answer);
        if (address !== undefined && scope.destinations.has(address))
          namings.push({ process, time: moment, name: address, via: 'dns-answer', url: undefined });
      }
    } else if (kind === 'file-stream') {
      const zone = readZoneIdentifier(said);
      name(process, moment, 'download', `${zone?.hostUrl ?? ''} ${zone?.referrerUrl ?? ''}`);
    } else name(process, moment, 'script', said);
  }
  return { processes: known.processes, contacts, namings };
}

async function* rows(
  store: Store,
  { lineages, earliest, latest, asOf }: ProcessEventScope,
): AsyncGenerator<readonly Cell[]> {
  const parameters = new Parameters();
  const hosts = parameters.bind(
    lineages.map(({ host }) => host),
    'Array(String)',
  );
  const after = earliest === null ? sql`1` : sql`_time >= ${bindTime(parameters, earliest)}`;
  const before = latest === null ? sql`1` : sql`_time < ${bindTime(parameters, latest)}`;
  const query = sql`SELECT _event_class, host, _time, ${fieldText('process_guid')}, process_id, ${fieldText('process_path')},
  coalesce(${fieldText('User')}, ${fieldText('user')}), src_ip, src_port, dest_ip, dest_port,
  multiIf(_event_class = 'dns', query, _event_class = 'script', ${fieldText('ScriptBlockText')}, _event_class = 'file-stream', ${fieldText('Contents')}, NULL),
  ${fieldText('QueryResults')}
FROM events WHERE host IN ${hosts} AND ${after} AND ${before} AND ${arrivedBy(parameters, asOf)} AND (isNotNull(process_id) OR isNotNull(process_guid))
AND _product NOT IN ${parameters.bind(proxyProducts, 'Array(String)')}
AND (_event_class = 'network' AND ${fieldText('direction')} = 'outbound' OR _event_class IN ('dns', 'script', 'file-stream'))
ORDER BY host, _time, _id`;
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns)) yield* block;
}

function text(cell: Cell | undefined): string | undefined {
  return typeof cell === 'string' && cell !== '' ? cell : undefined;
}

interface Named {
  readonly host: string;
  readonly guid: string | undefined;
  readonly pid: string | undefined;
  readonly image: string | undefined;
  readonly user: string | undefined;
  readonly time: Ticks;
}

/** The processes of lineages, and those that only their own events tell of. */
class KnownProcesses {
  readonly processes: EgressProcess[] = [];
  readonly #hosts = new Map<string, { readonly index: ProcessIndex; readonly from: number }>();
  readonly #lineages: readonly Lineage[];
  /** Processes without a start, by host and GUID or id. */
  readonly #unseen = new Map<string, number>();

  constructor(lineages: readonly Lineage[]) {
    this.#lineages = lineages;
    for (const lineage of lineages) {
      this.#hosts.set(lineage.host, { index: new ProcessIndex(lineage), from: this.processes.length });
      for (let at = 0; at < lineage.size; at++) {
        const { id, host, pid, guid, image, user, start, startFrom, end } = lineage.process(at);
        this.processes.push({
          id,
          host,
          pid,
          guid,
          image,
          user,
          start: start === undefined || startFrom === 'seen-since' ? undefined : millisecondsOf(start),
          end: end === undefined ? undefined : millisecondsOf(end),
        });
      }
    }
  }

  *commandLines(): Generator<{ process: number; commandLine: string; start: number | undefined }> {
    let process = 0;
    for (const lineage of this.#lineages)
      for (let at = 0; at < lineage.size; at++, process++) {
        const { commandLine } = lineage.process(at);
        if (commandLine !== undefined) yield { process, commandLine, start: this.processes[process]?.start };
      }
  }

  /** The process that an event names. Undefined where it may be several. */
  find({ host, guid, pid, image, user, time }: Named): number | undefined {
    const known = this.#hosts.get(host);
    if (known === undefined) return undefined;
    const named = guid === undefined ? [] : known.index.ofGuid(guid);
    const found =
      named.length > 0 || pid === undefined || guid !== undefined
        ? named
        : known.index.ofPid(Number(pid), time);
    const [only, other] = found;
    if (only !== undefined) return other === undefined ? known.from + only : undefined;
    const key = `${host}\n${guid ?? pid}`;
    let unseen = this.#unseen.get(key);
    if (unseen === undefined) {
      unseen = this.processes.length;
      this.#unseen.set(key, unseen);
      const number = pid === undefined ? undefined : Number(pid);
      this.processes.push({
        id: guid === undefined ? `${host}|${pid}` : `${host}|${guid}`,
        host,
        pid: number,
        guid,
        image,
        user,
        start: undefined,
        end: undefined,
      });
    }
    return unseen;
  }
}
