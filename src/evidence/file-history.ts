import { TICKS_PER_SECOND, type Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import type { Store } from '../store/store.ts';
import { evidenceClassOf } from './evidence-class.ts';
import type { FileEntry, FileRole } from './file-entry.ts';
import { type ComparablePath, comparablePath, isPath, mentionsPath } from './file-path.ts';
import { findFileEvents } from './find-file-events.ts';
import { findProxyLines } from './find-proxy-lines.ts';
import { type EventDetails, readEventDetails } from './read-event-details.ts';
import { summariseEvent } from './summarise-event.ts';
import { readZoneIdentifier } from './zone-identifier.ts';

/** What an analyst asks of a file. */
export type FileQuestion = 'created' | 'downloaded' | 'run' | 'renamed' | 'deleted';

/** An answer of the ledger of what was collected; `src/coverage/` gives it. */
export interface CollectionAnswer {
  readonly kind: 'no' | 'not-collected' | 'not-certain';
  readonly reasons: readonly string[];
}

export interface FileAnswer {
  readonly kind: 'yes' | CollectionAnswer['kind'];
  /** Indexes of the entries that say yes. */
  readonly entries: readonly number[];
  readonly reasons: readonly string[];
}

/** Asks whether events of some classes could have been missed on a host in a span of time. */
export type AskCollection = (question: {
  readonly host: string;
  readonly eventClasses: readonly EventClass[];
  /** Null: as long as there is a log. */
  readonly from: Ticks | null;
  readonly to: Ticks | null;
}) => Promise<CollectionAnswer>;

export interface FileHistoryOptions {
  /** Only this host, as events name it; absent: all. */
  readonly host?: string;
  readonly asOf?: Ticks;
  /** Without it, what is not in the log is only said not to be there. */
  readonly ask?: AskCollection;
}

/** A file on one host. */
export interface HostFileHistory {
  readonly host: string;
  /** In order of time. */
  readonly entries: readonly FileEntry[];
  readonly answers: Readonly<Record<FileQuestion, FileAnswer>>;
}

export interface FileHistory {
  readonly path: ComparablePath;
  /** By first sight. */
  readonly hosts: readonly HostFileHistory[];
  /** True where there were more events than are read (`mostFileEvents`); the earliest are here. */
  readonly cut: boolean;
}

/**
 * What all processes did with a file: who created it, from where it came, who ran, loaded, named or deleted it. `path` may
 * be the end of a path (`hsuwke.dll`); it then stands for all files that end in it.
 */
export async function readFileHistory(
  store: Store,
  path: string,
  options: FileHistoryOptions = {},
): Promise<FileHistory> {
  const wanted = comparablePath(path);
  const { references, cut } = await findFileEvents(store, wanted, options);
  const details = await readEventDetails(store, references);
  const entries = references.flatMap(({ id }) => {
    const detail = details.get(id);
    const entry = detail && entryOf(wanted, detail);
    return entry ? [entry] : [];
  });
  const requests = await findProxyLines(store, entries, options.asOf);
  const byHost = new Map<string, FileEntry[]>();
  for (const entry of [...entries, ...requests]) {
    const known = byHost.get(entry.host);
    if (known) known.push(entry);
    else byHost.set(entry.host, [entry]);
  }
  const hosts: HostFileHistory[] = [];
  for (const [host, found] of byHost) {
    const ordered = found.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    hosts.push({ host, entries: ordered, answers: await answer(host, ordered, options.ask) });
  }
  return { path: wanted, hosts, cut };
}

function text(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(' ');
}

const fileRoles: Readonly<Partial<Record<EventClass, FileRole>>> = {
  'file-create': 'created',
  'file-delete': 'deleted',
  'file-time-change': 'time-changed',
  'file-stream': 'stream',
  'file-access': 'accessed',
};

/** Fields that can hold a command line or a value in which a file is named. */
export const mentionFields = [
  'process',
  'CommandLine',
  'registry_value_data',
  'service_path',
  'TaskContent',
  'TaskContentNew',
] as const;

function entryOf(wanted: ComparablePath, detail: EventDetails): FileEntry | undefined {
  const { fields, eventClass, product } = detail;
  const eventCode = text(fields.EventCode);
  const found = roleOf(wanted, detail);
  if (found === undefined) return undefined;
  const zone = found.role === 'stream' ? readZoneIdentifier(text(fields.Contents) ?? '') : undefined;
  const evidenceClass = evidenceClassOf('actor', { product, eventClass, eventCode }) ?? 'other';
  return {
    id: detail.id,
    time: detail.time,
    arrival: detail.arrival,
    host: detail.host,
    product,
    eventCode,
    role: zone === undefined ? found.role : 'downloaded',
    path: found.path,
    actor: {
      pid: text(fields.process_id),
      guid: text(fields.process_guid),
      image: text(fields.process_path),
      user: text(fields.User) ?? text(fields.user),
    },
    summary: summariseEvent(evidenceClass, fields),
    ...(zone === undefined ? {} : { zone }),
  };
}

function roleOf(
  wanted: ComparablePath,
  { fields, eventClass, product }: EventDetails,
): { readonly role: FileRole; readonly path: string | undefined } | undefined {
  const is = (path: string | undefined): path is string => path !== undefined && isPath(wanted, path);
  const file = text(fields.file_path);
  const fileRole = fileRoles[eventClass];
  if (fileRole !== undefined && is(file)) {
    const blocked = product === 'sysmon' && (fields.EventCode === '27' || fields.EventCode === '28');
    return { role: blocked ? 'blocked' : fileRole, path: text(fields.TargetFilename) ?? file };
  }
  const image = text(fields.process_path);
  if (eventClass === 'process-start' && is(image)) return { role: 'run', path: image };
  const module = text(fields.ImageLoaded);
  if ((eventClass === 'module-load' || eventClass === 'driver-load') && is(module))
    return { role: 'loaded', path: module };
  const folder = text(fields.process_current_directory);
  const mentioned = mentionFields.some((name) => mentionsPath(wanted, text(fields[name]) ?? '', folder));
  return mentioned ? { role: 'named', path: undefined } : undefined;
}

/** Roles that say yes to a question, and the events that coverage is asked for where none does. */
const questions: Readonly<
  Record<FileQuestion, { readonly roles: readonly FileRole[]; readonly eventClasses: readonly EventClass[] }>
> = {
  created: { roles: ['created'], eventClasses: ['file-create'] },
  downloaded: { roles: ['downloaded'], eventClasses: ['file-stream'] },
  run: { roles: ['run', 'loaded'], eventClasses: ['process-start', 'module-load'] },
  renamed: { roles: [], eventClasses: [] },
  deleted: { roles: ['deleted'], eventClasses: ['file-delete'] },
};

async function answer(
  host: string,
  entries: readonly FileEntry[],
  ask: AskCollection | undefined,
): Promise<Readonly<Record<FileQuestion, FileAnswer>>> {
  const one = (question: FileQuestion) => answerOne(question, host, entries, ask);
  return {
    created: await one('created'),
    downloaded: await one('downloaded'),
    run: await one('run'),
    renamed: await one('renamed'),
    deleted: await one('deleted'),
  };
}

/** A file that is used exists: it was created before. */
const usingRoles: ReadonlySet<FileRole> = new Set([
  'run',
  'loaded',
  'time-changed',
  'accessed',
  'stream',
  'downloaded',
  'deleted',
]);

const MINUTE: Ticks = 60n * TICKS_PER_SECOND;

/** Long before any log, so that what lies before the log is asked for too. */
const LONG_AGO: Ticks = 0n;

/** When the answer to a question would have been recorded. */
function spanOf(
  question: FileQuestion,
  entries: readonly FileEntry[],
): { readonly from: Ticks | null; readonly to: Ticks | null } {
  const created = entries.find(({ role }) => role === 'created')?.time;
  const used = entries.find(({ role }) => usingRoles.has(role) || role === 'named')?.time;
  switch (question) {
    case 'created':
      return { from: LONG_AGO, to: used === undefined ? null : used + TICKS_PER_SECOND };
    case 'downloaded':
      // The mark is written with the file.
      return created === undefined
        ? { from: LONG_AGO, to: used === undefined ? null : used + MINUTE }
        : { from: created - MINUTE, to: created + MINUTE };
    case 'run':
    case 'renamed':
    case 'deleted':
      return { from: created ?? used ?? LONG_AGO, to: null };
  }
}

async function answerOne(
  question: FileQuestion,
  host: string,
  entries: readonly FileEntry[],
  ask: AskCollection | undefined,
): Promise<FileAnswer> {
  const { roles, eventClasses } = questions[question];
  const found = entries.flatMap(({ role }, at) => (roles.includes(role) ? [at] : []));
  if (found.length > 0) return { kind: 'yes', entries: found, reasons: [] };
  if (question === 'renamed')
    return {
      kind: 'not-collected',
      entries: [],
      reasons: ['no source records renames; a renamed file appears without a creation'],
    };
  const { kind, reasons } = (await ask?.({ host, eventClasses, ...spanOf(question, entries) })) ?? unasked;
  const told = ownReason(question, entries);
  // What our own reason speaks against is no certain "no".
  return told === undefined
    ? { kind, entries: [], reasons }
    : { kind: kind === 'no' ? 'not-certain' : kind, entries: [], reasons: [told, ...reasons] };
}

const unasked: CollectionAnswer = {
  kind: 'not-certain',
  reasons: ['what was collected has not been checked'],
};

/** What the events themselves say against a "no". */
function ownReason(question: FileQuestion, entries: readonly FileEntry[]): string | undefined {
  const named = entries.filter(({ role }) => role === 'named').length;
  if (question === 'run' && named > 0)
    return `${named} ${named === 1 ? 'event names' : 'events name'} it in a command line or a setting, which may have run it`;
  if (question === 'created' && entries.some(({ role }) => usingRoles.has(role)))
    return 'it was there when it was used, but no event tells of its creation';
  return undefined;
}
