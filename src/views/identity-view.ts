import { TICKS_PER_MILLISECOND, type Ticks } from '../core/ticks.ts';
import { productName } from '../coverage/class-names.ts';
import type { EventDetails } from '../evidence/read-event-details.ts';
import { sameAccount } from '../lineage/field-agreement.ts';
import { plainPath } from '../lineage/flags/flag-process.ts';
import type { Process } from '../lineage/process.ts';
import { plainGuid } from '../lineage/start-key.ts';
import { isoOrNull } from './reason-view.ts';

/** What sensors say of a process, in the order in which it is shown. */
export type IdentityField =
  | 'start'
  | 'end'
  | 'pid'
  | 'guid'
  | 'user'
  | 'logonId'
  | 'integrityLevel'
  | 'image'
  | 'commandLine'
  | 'sha256'
  | 'parentPid'
  | 'parentGuid'
  | 'parentImage'
  | 'parentCommandLine';

export type SensorRole = 'start' | 'end' | 'child' | 'other';

/** An event that tells of the process. */
export interface SensorView {
  /** `Sysmon 1`. */
  readonly label: string;
  readonly product: string;
  readonly eventCode: string | null;
  readonly role: SensorRole;
  readonly eventId: string;
  readonly time: string | null;
  readonly arrival: string | null;
}

export interface SayingView {
  readonly kind: 'says' | 'differs' | 'silent';
  readonly value: string | null;
  readonly apartMs: number | null;
}

export interface IdentityFieldView {
  readonly field: IdentityField;
  readonly value: string | null;
  readonly disagrees: boolean;
  readonly says: SayingView[];
}

export interface IdentityView {
  readonly sensors: SensorView[];
  readonly fields: IdentityFieldView[];
  readonly disagreements: number;
}

/** Clocks of two sensors that are nearer than this say the same. */
const sameMoment = 100n * TICKS_PER_MILLISECOND;

/** Events whose columns are shown. */
export const mostSensors = 6;

type Says = Readonly<Partial<Record<IdentityField, string>>>;

const asGiven = (value: string) => value;
const lower = (value: string) => value.toLowerCase();
const words = (value: string) => value.toLowerCase().replace(/\s+/g, ' ').trim();

interface FieldRule {
  /** The field's name among the lineage's disagreements; absent: it is compared here alone. */
  readonly disagreement?: string;
  same(one: string, other: string): boolean;
}

const by =
  (form: (value: string) => string) =>
  (one: string, other: string): boolean =>
    form(one) === form(other);

const rules: Readonly<Record<IdentityField, FieldRule>> = {
  start: { same: by(asGiven) },
  end: { same: by(asGiven) },
  pid: { same: by(asGiven) },
  guid: { same: by(plainGuid) },
  user: { disagreement: 'user', same: sameAccount },
  logonId: { disagreement: 'logonId', same: by(lower) },
  integrityLevel: { disagreement: 'integrityLevel', same: by(lower) },
  image: { disagreement: 'image', same: by(plainPath) },
  commandLine: { disagreement: 'commandLine', same: by(words) },
  sha256: { disagreement: 'hash', same: by(lower) },
  parentPid: { disagreement: 'parentPid', same: by(asGiven) },
  parentGuid: { disagreement: 'parentGuid', same: by(plainGuid) },
  parentImage: { disagreement: 'parentImage', same: by(plainPath) },
  parentCommandLine: { disagreement: 'parentCommandLine', same: by(words) },
};

const fieldNames = Object.keys(rules) as readonly IdentityField[];

/** The identity of a process, field by field, with what each of the events says of it. */
export function identityView(process: Process, events: readonly EventDetails[]): IdentityView {
  const told = events
    .map((event) => ({ event, role: roleOf(process, event) }))
    // What names a GUID says most, and comes first.
    .sort((one, other) => rank[one.role] - rank[other.role] || guidRank(one.event) - guidRank(other.event))
    .slice(0, mostSensors);
  const says = told.map(({ event, role }) => saysOf(event, role));
  const fields = fieldNames.map((field) => fieldView(process, field, told, says));
  return {
    sensors: told.map(({ event, role }) => sensorView(event, role)),
    fields: fields.filter(
      ({ value, says: all }) => value !== null || all.some(({ kind }) => kind !== 'silent'),
    ),
    disagreements: fields.filter(({ disagrees }) => disagrees).length,
  };
}

const rank: Readonly<Record<SensorRole, number>> = { start: 0, end: 1, other: 2, child: 3 };

function guidRank({ fields }: EventDetails): number {
  return said(fields.process_guid) === undefined ? 1 : 0;
}

function roleOf({ pid, guid, otherGuids }: Process, { eventClass, fields }: EventDetails): SensorRole {
  if (eventClass === 'process-end') return 'end';
  if (eventClass !== 'process-start') return 'other';
  const ownGuid = said(fields.process_guid);
  if (ownGuid !== undefined && guid !== undefined)
    return [guid, ...otherGuids].includes(plainGuid(ownGuid)) ? 'start' : 'child';
  return said(fields.process_id) === String(pid) ? 'start' : 'child';
}

function sensorView({ id, product, fields, time, arrival }: EventDetails, role: SensorRole): SensorView {
  const code = said(fields.EventCode);
  return {
    label: `${productName(product)}${code === undefined ? '' : ` ${code}`}`,
    product,
    eventCode: code ?? null,
    role,
    eventId: id,
    time: isoOrNull(time),
    arrival: isoOrNull(arrival),
  };
}

const unmeant = new Set(['', '-', 'n/a', '<unknown process>']);

function said(value: string | readonly string[] | undefined): string | undefined {
  const text = typeof value === 'string' ? value : value?.[0];
  return text === undefined || unmeant.has(text.toLowerCase()) ? undefined : text;
}

function saysOf({ fields, time }: EventDetails, role: SensorRole): Says {
  const read = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = said(fields[name]);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  if (role === 'child')
    return present({
      pid: read('parent_process_id'),
      guid: read('parent_process_guid', 'ParentProcessGuid'),
      user: read('ParentUser'),
      image: read('parent_process_path'),
      commandLine: read('ParentCommandLine'),
    });
  const target = read('TargetLogonId');
  const own = present({
    pid: read('process_id'),
    guid: read('process_guid'),
    user: read('User', 'user'),
    logonId:
      read('LogonId') ?? (target === undefined || /^(0x)?0*$/.test(target) ? read('SubjectLogonId') : target),
    integrityLevel: read('process_integrity_level'),
    image: read('process_path'),
    ...(role === 'end' && { end: isoOrNull(time) ?? undefined }),
  });
  if (role !== 'start') return own;
  return {
    ...own,
    ...present({
      start: isoOrNull(time) ?? undefined,
      commandLine: read('CommandLine'),
      sha256: read('SHA256'),
      parentPid: read('parent_process_id'),
      parentGuid: read('parent_process_guid', 'ParentProcessGuid'),
      parentImage: read('parent_process_path'),
      parentCommandLine: read('ParentCommandLine'),
    }),
  };
}

function present(values: Readonly<Partial<Record<IdentityField, string | undefined>>>): Says {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Says;
}

function shown(process: Process, field: IdentityField, says: readonly Says[]): string | undefined {
  switch (field) {
    case 'start':
      return isoOrNull(process.start) ?? undefined;
    case 'end':
      return isoOrNull(process.end) ?? undefined;
    case 'pid':
      return process.pid === undefined ? undefined : String(process.pid);
    case 'guid':
    case 'user':
    case 'logonId':
    case 'integrityLevel':
    case 'image':
    case 'commandLine':
      return process[field];
    default:
      return says.find((each) => each[field] !== undefined)?.[field];
  }
}

function fieldView(
  process: Process,
  field: IdentityField,
  told: readonly { readonly event: EventDetails }[],
  all: readonly Says[],
): IdentityFieldView {
  const value = shown(process, field, all);
  const moment = field === 'start' ? process.start : field === 'end' ? process.end : undefined;
  const { disagreement, same } = rules[field];
  const known =
    disagreement === undefined || process.disagreements.some((each) => each.field === disagreement);
  const says = all.map((each, at): SayingView => {
    const own = each[field];
    if (own === undefined) return { kind: 'silent', value: null, apartMs: null };
    const time = told[at]?.event.time;
    if (moment !== undefined && time !== undefined) return saidMoment(own, time - moment);
    // Sensors beside each other each name it in their own way.
    const otherName = field === 'guid' && process.otherGuids.includes(plainGuid(own));
    const differs = value !== undefined && known && !otherName && !same(own, value);
    return { kind: differs ? 'differs' : 'says', value: own === value ? null : own, apartMs: null };
  });
  return { field, value: value ?? null, disagrees: says.some(({ kind }) => kind === 'differs'), says };
}

function saidMoment(own: string, apart: Ticks): SayingView {
  const size = apart < 0n ? -apart : apart;
  const differs = size >= sameMoment;
  return {
    kind: differs ? 'differs' : 'says',
    value: apart === 0n ? null : own,
    apartMs: Number(apart) / Number(TICKS_PER_MILLISECOND),
  };
}
