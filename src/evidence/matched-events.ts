import type { Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { integer, joinSql, type Parameters, type Sql, sql, textLiteral } from '../store/sql.ts';
import { bindTime } from '../store/time-sql.ts';
import { type EvidenceSide, evidenceClassSql, sideSql } from './evidence-class.ts';
import { CLOCK_TOLERANCE, type SubjectTable } from './subject.ts';

/** Where an event names a process from a side. */
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
 * All events that speak of the subjects, in one scan: a relation of `n` (the subject), the event's `_time`, `_id`,
 * `_product`, `event_code`, `_event_class`, its `side` and `class`, and the facts that `gradeMatch` takes, as texts. An
 * event is there once for each subject and side.
 */
export function matchedEvents(table: SubjectTable, scope: MatchScope, parameters: Parameters): Sql {
  const arrived = scope.asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, scope.asOf)}`;
  const sides = joinSql(scope.sides.map(sideTuple), sql`, `);
  const named = joinSql(
    scope.sides.map((side) => mayName(side, table)),
    sql` OR `,
  );
  return sql`SELECT *, ${evidenceClassSql()} AS class FROM (
SELECT s.n AS n, e._time AS _time, e._id AS _id, e._product AS _product, e.event_code AS event_code,
  e._event_class AS _event_class, e.side AS side, s.matched_by AS matched_by, ${imageFact} AS image, ${processIdFact} AS process_id_fact,
  ${namedFact} AS named, ${timeFact} AS time_fact
FROM (SELECT *, seen.1 AS side, seen.2 AS guid, seen.3 AS pid, seen.4 AS name, seen.5 AS account,
    arrayJoin([concat('guid ', seen.2), concat('pid ', seen.3), concat('user ', seen.5)]) AS key, ${guidSecond} AS second
  FROM (SELECT _time, _id, _product, ifNull(EventCode, '') AS event_code, _event_class, host AS event_host, reinterpret(_time, 'Int64') AS ticks,
      ifNull(${fieldText('ClientProcessStartKey')}, '') AS start_key, arrayJoin([${sides}]) AS seen
    FROM events WHERE host IN ${table.hosts} AND ${arrived} AND (${named}))) AS e
INNER JOIN ${table.sql} AS s ON s.host = e.event_host AND s.key = e.key
WHERE multiIf(s.matched_by = 'guid', 1, s.matched_by = 'process-id', ${isByProcessId}, e.ticks >= s.since AND e.ticks <= s.ending)
) WHERE class != ''`;
}

/** What an event says from a side: side, GUID, process id, file name of the program, user; empty where it does not say. */
function sideTuple(side: EvidenceSide): Sql {
  if (side === 'user')
    return sql`('user', '', '', '', if(${namesUserOnly}, lowerUTF8(ifNull(user, '')), ''))`;
  const { guid, pid, name } = sideColumns[side];
  const text = (field: Sql) => sql`if(${sideSql(side)}, ifNull(${field}, ''), '')`;
  return sql`(${textLiteral(side)}, ${text(guid)}, ${text(pid)}, lowerUTF8(ifNull(${name}, '')), '')`;
}

const namesUserOnly = sql`(isNull(process_id) AND isNull(process_guid) AND ${sideSql('user')})`;

/** A condition on the table of events that an event which matches from a side fulfils. */
function mayName(side: EvidenceSide, table: SubjectTable): Sql {
  const after = table.earliest === undefined ? sql`1` : sql`_time >= ${table.earliest}`;
  const before = table.latest === undefined ? sql`1` : sql`_time < ${table.latest}`;
  if (side === 'user') return sql`(${namesUserOnly} AND ${after} AND ${before})`;
  const { guid, pid } = sideColumns[side];
  return sql`(${sideSql(side)} AND (${guid} IN ${table.guids} OR ${pid} IN ${table.pids} AND ${after} AND ${before}))`;
}

const tolerance = integer(Number(CLOCK_TOLERANCE));

const imageFact = sql`multiIf(e.name = '' OR s.names = [''], 'unsaid', has(s.names, e.name), 'agrees', 'differs')`;

const processIdFact = sql`multiIf(e.pid = '' OR s.pid = '', 'unsaid', e.pid = s.pid, 'agrees', 'differs')`;

const namedFact = sql`multiIf(s.matched_by != 'process-id', 'unsaid', e.start_key != '' AND s.start_key != '', 'start-key',
    e.guid != '' AND s.guid != '', 'other-guid', 'unsaid')`;

/** A process id that another process had by then may have brought the event a GUID out of the sensor's stale cache. */
const timeFact = sql`multiIf(s.matched_by = 'user', 'within', e.ticks > s.ending AND e.ticks >= s.next - ${tolerance}, 'reused',
    e.ticks < s.since - ${tolerance}, 'before', e.ticks < s.since, 'near', e.ticks <= s.ending, 'within',
    e.ticks <= s.ending + ${tolerance}, 'near', 'after')`;

/** The second in which the process of a GUID started, 0 where the GUID does not say or may be no Sysmon's. */
const guidSecond = sql`if(_product = 'sysmon' AND length(guid) = 36,
      toInt64(reinterpretAsUInt32(reverse(unhex(concat(substring(guid, 15, 4), substring(guid, 10, 4)))))), 0)`;

/**
 * By process id. Where the event alone has a GUID, the second in it must be that of the start. Where both have one and they
 * differ, the event is another process's; but just after a process id was taken over, Sysmon still gives some events the
 * GUID of its former holder, which is told by the program that they name.
 */
const isByProcessId = sql`e.ticks >= s.open AND e.ticks < s.until AND (e.start_key = '' OR s.start_key = '' OR e.start_key = s.start_key)
  AND multiIf(e.guid = '', 1, s.guid = '', s.second = 0 OR e.second = 0 OR abs(e.second - s.second) <= 2,
    NOT has(s.guids, e.guid) AND has(s.names, e.name) AND e.second != 0 AND e.second < s.second)`;
