import type { Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { integer, joinSql, type Parameters, type Sql, sql, textLiteral } from '../store/sql.ts';
import { bindTime } from '../store/time-sql.ts';
import { type EvidenceSide, evidenceClassSql, sideSql } from './evidence-class.ts';
import { CLOCK_TOLERANCE, type SubjectTable } from './subject.ts';

/** Where an event names the process that it is about, from a side. */
interface SideColumns {
  readonly guid: Sql;
  readonly pid: Sql;
  readonly name: Sql;
}

const sideColumns: Readonly<Record<Exclude<EvidenceSide, 'user'>, SideColumns>> = {
  actor: { guid: fieldText('process_guid'), pid: fieldText('process_id'), name: fieldText('process_name') },
  target: {
    guid: fieldText('target_process_guid'),
    pid: fieldText('target_process_id'),
    name: fieldText('target_process_name'),
  },
  parent: {
    guid: fieldText('parent_process_guid'),
    pid: fieldText('parent_process_id'),
    name: fieldText('parent_process_name'),
  },
};

export interface MatchScope {
  readonly sides: readonly EvidenceSide[];
  readonly asOf: Ticks | undefined;
}

/**
 * All events that speak of the subjects: a relation of `n` (the subject), the event's `_time`, `_id`, `_product`,
 * `event_code`, `_event_class`, its `side` and `class`, and the facts that `gradeMatch` takes, as texts. An event is there
 * once for each subject and side.
 */
export function matchedEvents(table: SubjectTable, scope: MatchScope, parameters: Parameters): Sql {
  const arrived = scope.asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, scope.asOf)}`;
  const branches = scope.sides.flatMap((side) =>
    side === 'user'
      ? [byUser(table, arrived)]
      : [byGuid(side, table, arrived), byProcessId(side, table, arrived)],
  );
  return sql`SELECT *, ${evidenceClassSql()} AS class FROM (
${joinSql(branches, sql`\nUNION ALL\n`)}
) WHERE class != ''`;
}

const tolerance = integer(Number(CLOCK_TOLERANCE));

function eventColumns(side: EvidenceSide): Sql {
  return sql`_time, _id, _product, ifNull(EventCode, '') AS event_code, _event_class, ${textLiteral(side)} AS side, host AS event_host, reinterpret(_time, 'Int64') AS ticks`;
}

const outColumns = sql`s.n AS n, e._time AS _time, e._id AS _id, e._product AS _product, e.event_code AS event_code,
  e._event_class AS _event_class, e.side AS side`;

const imageFact = sql`multiIf(e.name = '' OR s.names = [''], 'unsaid', has(s.names, e.name), 'agrees', 'differs')`;

/** A process id that another process had by then may have brought the event a GUID out of the sensor's stale cache. */
const timeFact = sql`multiIf(e.ticks > s.ending AND e.ticks >= s.next - ${tolerance}, 'reused', e.ticks < s.since - ${tolerance}, 'before', e.ticks < s.since, 'near', e.ticks <= s.ending, 'within',
    e.ticks <= s.ending + ${tolerance}, 'near', 'after')`;

function byGuid(side: Exclude<EvidenceSide, 'user'>, table: SubjectTable, arrived: Sql): Sql {
  const { guid, pid, name } = sideColumns[side];
  return sql`SELECT ${outColumns}, 'guid' AS matched_by, ${imageFact} AS image,
  multiIf(e.pid = '' OR s.pid = '', 'unsaid', e.pid = s.pid, 'agrees', 'differs') AS process_id_fact, 'unsaid' AS named, ${timeFact} AS time_fact
FROM (SELECT ${eventColumns(side)}, assumeNotNull(${guid}) AS guid, ifNull(${pid}, '') AS pid, lowerUTF8(ifNull(${name}, '')) AS name FROM events
  WHERE host IN ${table.hosts} AND ${guid} IN ${table.guids} AND ${sideSql(side)} AND ${arrived}) AS e
INNER JOIN ${table.sql} AS s ON s.host = e.event_host AND s.guid = e.guid`;
}

/** The second in which the process of a GUID started, 0 where the GUID does not say. */
const guidSecond = sql`if(length(e.guid) = 36, toInt64(reinterpretAsUInt32(reverse(unhex(concat(substring(e.guid, 15, 4), substring(e.guid, 10, 4)))))), 0)`;

/**
 * By process id. Where the event alone has a GUID, the second in it must be that of the start. Where both have one and they
 * differ, the event is another process's; but just after a process id was taken over, Sysmon still gives some events the
 * GUID of its former holder, which is told by the program that they name.
 */
function byProcessId(side: Exclude<EvidenceSide, 'user'>, table: SubjectTable, arrived: Sql): Sql {
  const { guid, pid, name } = sideColumns[side];
  const key = side === 'actor' ? sql`ifNull(${fieldText('ClientProcessStartKey')}, '')` : sql`''`;
  const after = table.earliest === undefined ? sql`1` : sql`_time >= ${table.earliest}`;
  const before = table.latest === undefined ? sql`1` : sql`_time < ${table.latest}`;
  return sql`SELECT ${outColumns}, 'process-id' AS matched_by, ${imageFact} AS image, 'agrees' AS process_id_fact,
  multiIf(e.key != '' AND s.key != '', 'start-key', e.guid != '' AND s.guid != '', 'other-guid', 'unsaid') AS named, ${timeFact} AS time_fact
FROM (SELECT ${eventColumns(side)}, ifNull(${guid}, '') AS guid, assumeNotNull(${pid}) AS pid, lowerUTF8(ifNull(${name}, '')) AS name, ${key} AS key FROM events
  WHERE host IN ${table.hosts} AND ${pid} IN ${table.pids} AND ${sideSql(side)} AND ${after} AND ${before} AND ${arrived}) AS e
INNER JOIN ${table.sql} AS s ON s.host = e.event_host AND s.pid = e.pid
WHERE e.ticks >= s.open AND e.ticks < s.until AND (e.key = '' OR s.key = '' OR e.key = s.key)
  AND multiIf(e.guid = '', 1, s.guid = '', e._product != 'sysmon' OR s.second = 0 OR ${guidSecond} = 0 OR abs(${guidSecond} - s.second) <= 2,
    e.guid != s.guid AND e._product = 'sysmon' AND has(s.names, e.name) AND ${guidSecond} != 0 AND ${guidSecond} < s.second)`;
}

/** Events that name a user and no process at all. */
function byUser(table: SubjectTable, arrived: Sql): Sql {
  const after = table.earliest === undefined ? sql`1` : sql`_time >= ${table.earliest}`;
  const before = table.latest === undefined ? sql`1` : sql`_time < ${table.latest}`;
  return sql`SELECT ${outColumns}, 'user' AS matched_by, 'unsaid' AS image, 'unsaid' AS process_id_fact, 'unsaid' AS named, 'within' AS time_fact
FROM (SELECT ${eventColumns('user')}, lowerUTF8(assumeNotNull(user)) AS account FROM events
  WHERE host IN ${table.hosts} AND isNotNull(user) AND isNull(process_id) AND isNull(process_guid) AND ${sideSql('user')}
  AND ${after} AND ${before} AND ${arrived}) AS e
INNER JOIN ${table.sql} AS s ON s.host = e.event_host AND s.user = e.account
WHERE e.ticks >= s.since AND e.ticks <= s.ending`;
}
