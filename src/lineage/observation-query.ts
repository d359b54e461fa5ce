import { fieldText } from '../store/field-place.ts';
import { joinSql, type Parameters, type Sql, sql } from '../store/sql.ts';
import type { Cell, Column } from '../store/store.ts';
import type { ObservationKind } from './observation.ts';
import type { ObservationBuilder } from './observation-builder.ts';
import { processIdOf, said, textOf } from './observed-cell.ts';
import type { EventReference } from './process.ts';

/**
 * The kind of an event by its class: boots and shutdowns by what the event log, the kernel and Security write of them, the
 * sensor's service by its own event. NULL for events that observe nothing of this sort.
 */
const kindSql: Sql = sql`multiIf(
_event_class = 'process-start', 'start', _event_class = 'process-end', 'end',
_event_class = 'boot' AND EventCode IN ('12', '6005', '6009', '4608'), 'boot',
_event_class = 'boot' AND EventCode IN ('13', '6006', '4609', '1074'), 'shutdown',
_event_class = 'sensor-state' AND _product = 'sysmon' AND EventCode = '4' AND ${fieldText('State')} = 'Started', 'sensor-start',
NULL)`;

/** The classes of which `kindSql` makes something. */
const observedClasses = ['process-start', 'process-end', 'boot', 'sensor-state'];

/** The condition that an event observes something. */
export function isObserved(parameters: Parameters): Sql {
  return sql`_event_class IN ${parameters.bind(observedClasses, 'Array(String)')} AND isNotNull(${kindSql})`;
}

/**
 * Logon sessions are hexadecimal, also of products that record them decimal (`session_id`); 0x0 is none. Security names the
 * account of the process as target or subject.
 */
const logonId = sql`coalesce(if(isNull(NewProcessName), ${fieldText('session_id')}, NULL), LogonId, if(match(coalesce(TargetLogonId, ''), '^(0x)?0*$'), NULL, TargetLogonId), SubjectLogonId)`;

/** As Sysmon writes it: with its domain, which Security has in a field of its own. */
const account = sql`coalesce(${fieldText('User')},
if(isNull(${fieldText('user_domain')}), NULL, concat(${fieldText('user_domain')}, '\\\\', ${fieldText('user')})), ${fieldText('user')})`;

const parentUser = sql`if(isNull(${fieldText('parent_user_domain')}), ${fieldText('parent_user')},
concat(${fieldText('parent_user_domain')}, '\\\\', ${fieldText('parent_user')}))`;

/** Of a Security event without a command line, `process` is the path; other products have their own names for it. */
export const commandLineSql: Sql = sql`coalesce(CommandLine, if(isNull(NewProcessName), process, NULL))`;
export const parentCommandLineSql: Sql = sql`coalesce(${fieldText('ParentCommandLine')}, if(isNull(NewProcessName), parent_process, NULL))`;

/** Plain, as `process_guid` is; what was recorded may be in braces, or name nothing. */
export const parentGuidSql: Sql = sql`coalesce(parent_process_guid, replaceAll(replaceAll(lower(ParentProcessGuid), '{', ''), '}', ''))`;

/** Of a text that many events have, the engine then gives a block's worth once. */
const listed = (text: Sql): Sql => sql`toLowCardinality(${text})`;

/** What is read of an event, in the order of `addObservation`. */
const read: readonly (readonly [name: string, type: Column['type'], sql: Sql])[] = [
  ['kind', 'text', listed(kindSql)],
  ['id', 'text', sql`lower(hex(_id))`],
  ['product', 'text', sql`_product`],
  ['eventCode', 'text', sql`EventCode`],
  ['time', 'time', sql`_time`],
  ['arrival', 'time', sql`_indextime`],
  ['pid', 'number', sql`toInt64OrNull(process_id)`],
  ['guid', 'text', fieldText('process_guid')],
  ['image', 'text', fieldText('process_path')],
  ['commandLine', 'text', listed(sql`if(_event_class = 'process-start', ${commandLineSql}, NULL)`)],
  ['user', 'text', listed(account)],
  ['logonId', 'text', listed(sql`lower(${logonId})`)],
  ['integrityLevel', 'text', listed(fieldText('process_integrity_level'))],
  ['hash', 'text', listed(sql`lower(${fieldText('SHA256')})`)],
  ['parentPid', 'number', sql`if(_event_class = 'process-start', toInt64OrNull(parent_process_id), NULL)`],
  ['parentGuid', 'text', listed(sql`if(_event_class = 'process-start', ${parentGuidSql}, NULL)`)],
  ['parentImage', 'text', fieldText('parent_process_path')],
  [
    'parentCommandLine',
    'text',
    listed(sql`if(_event_class = 'process-start', ${parentCommandLineSql}, NULL)`),
  ],
  ['parentUser', 'text', listed(sql`coalesce(${fieldText('ParentUser')}, ${parentUser})`)],
];

/** Columns of the rows that `observationSelect` gives. */
export const observationColumns: readonly Column[] = read.map(([name, type]) => ({ name, type }));

/** `SELECT … FROM events`: what is read of an event; a WHERE follows. */
export const observationSelect: Sql = sql`SELECT ${joinSql(
  read.map(([, , column]) => column),
  sql`, `,
)} FROM events`;

const kinds: ReadonlySet<string> = new Set<ObservationKind>([
  'start',
  'end',
  'activity',
  'boot',
  'shutdown',
  'sensor-start',
]);

/** Whether a cell of the first column names a kind. */
export function isKind(word: string): word is ObservationKind {
  return kinds.has(word);
}

/** Adds a row of `observationSelect`; false where it observes nothing. */
export function addObservation(builder: ObservationBuilder, row: readonly Cell[]): boolean {
  const kind = textOf(row[0]);
  const time = row[4];
  const arrival = row[5];
  if (kind === undefined || !isKind(kind) || typeof time !== 'bigint' || typeof arrival !== 'bigint')
    return false;
  const event: EventReference = {
    id: textOf(row[1]) ?? '',
    product: textOf(row[2]) ?? '',
    eventCode: textOf(row[3]),
    time,
    arrival,
  };
  builder.add({
    kind,
    event,
    pid: processIdOf(row[6]),
    guid: textOf(row[7]),
    image: said(row[8]),
    commandLine: said(row[9]),
    user: said(row[10]),
    logonId: said(row[11]),
    integrityLevel: said(row[12]),
    hash: said(row[13]),
    parentPid: processIdOf(row[14]),
    parentGuid: textOf(row[15]),
    parentImage: said(row[16]),
    parentCommandLine: said(row[17]),
    parentUser: said(row[18]),
  });
  return true;
}
