import type { Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import { withoutStream } from '../products/values/file-name.ts';
import type { Store } from '../store/store.ts';
import { evidenceClassOf } from './evidence-class.ts';
import { englishLine } from './evidence-phrase.ts';
import { type AskCollection, answerFile, type FileAnswer, type FileQuestion } from './file-answers.ts';
import type { FileEntry, FileRole } from './file-entry.ts';
import { type ComparablePath, comparablePath, isPath, mentionsPath } from './file-path.ts';
import { findFileEvents } from './find-file-events.ts';
import { findProxyLines } from './find-proxy-lines.ts';
import { findSameContent, type SameContent } from './find-same-content.ts';
import { type EventDetails, readEventDetails } from './read-event-details.ts';
import { evidencePieces } from './summarise-event.ts';
import { readZoneIdentifier } from './zone-identifier.ts';

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
  /** Other files with the same content, by first sight: copies, or the file under another name. */
  readonly sameContent: readonly SameContent[];
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
  const hashed = entries.flatMap(({ id, role }) => {
    const detail = details.get(id);
    return detail && hashedRoles.has(role) ? [detail] : [];
  });
  const same = await findSameContent(store, wanted, hashed, options.asOf);
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
    const sameContent = same.filter((each) => each.host === host);
    const answers = await answerFile(host, ordered, sameContent, options.ask);
    hosts.push({ host, entries: ordered, answers, sameContent });
  }
  return { path: wanted, hosts, cut };
}

/** Roles of events whose hashes are those of the file, and not of a stream or of a process that names it. */
const hashedRoles: ReadonlySet<FileRole> = new Set(['created', 'run', 'loaded', 'deleted', 'blocked']);

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
  const said = evidencePieces(evidenceClass, fields);
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
    summary: englishLine(said),
    said,
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
    const path = text(fields.TargetFilename) ?? file;
    const blocked = product === 'sysmon' && (fields.EventCode === '27' || fields.EventCode === '28');
    // A stream that is made in a file is no creation of the file: after a rename it may be all that is recorded.
    const ofStream = fileRole === 'created' && withoutStream(path) !== path;
    return { role: blocked ? 'blocked' : ofStream ? 'stream' : fileRole, path };
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
