import type { Ticks } from '../core/ticks.ts';
import type { EventClass } from '../events/event-class.ts';
import { fieldText } from '../store/field-place.ts';
import { integer, joinSql, Parameters, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { cellText, cellTime } from './cell.ts';
import { inScope, type LedgerScope, ownChannel } from './ledger-scope.ts';

/** An event in which the sensor or the log speaks of itself. */
export interface ReportRow {
  readonly host: string;
  /** The log that it stands in. */
  readonly channel: string;
  /** The log that it is about: for a clear the one that was cleared. */
  readonly about: string;
  readonly product: string;
  readonly eventClass: EventClass;
  readonly eventCode: string;
  readonly time: Ticks;
  readonly eventId: string;
  readonly description: string;
  readonly state: string;
  readonly component: string;
  readonly configuration: string;
  readonly user: string;
}

/** Reports that are read for each host, channel and class, the newest first; more are only counted. */
export const reportsRead = 2_000;

const classes: readonly EventClass[] = ['sensor-drop', 'log-cleared', 'sensor-state'];

const columns: readonly Column[] = [
  'host',
  'channel',
  'about',
  'product',
  'class',
  'code',
  'time',
  'id',
  'description',
  'state',
  'component',
  'configuration',
  'user',
].map((name) => ({ name, type: name === 'time' ? 'time' : 'text' }));

/** Texts of reports are cut to so many characters; Sysmon's have at most 1,024. */
const longestText = 4_096;

/** Reads the events of sensors and logs about themselves, of all times. */
export async function readReports(store: Store, scope: LedgerScope): Promise<readonly ReportRow[]> {
  const parameters = new Parameters();
  const text = (name: string) =>
    sql`substringUTF8(ifNull(toString(${fieldText(name)}), ''), 1, ${integer(longestText)})`;
  const fields = ['Description', 'State', 'ID', 'Configuration', 'user'].map(text);
  const query = sql`SELECT host, ${ownChannel} AS channel, toString(ifNull(Channel, source)), toString(_product),
toString(_event_class), ifNull(toString(EventCode), ''), _time, lower(hex(_id)), ${joinSql(fields, sql`, `)}
FROM events WHERE _event_class IN ${parameters.bind([...classes], 'Array(String)')} AND ${inScope(scope, parameters)}
ORDER BY host, channel, _time DESC LIMIT ${integer(reportsRead)} BY host, channel, _event_class`;
  const rows: ReportRow[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns)) {
    for (const row of block) {
      rows.push({
        host: cellText(row[0]),
        channel: cellText(row[1]),
        about: cellText(row[2]),
        product: cellText(row[3]),
        eventClass: cellText(row[4]) as EventClass,
        eventCode: cellText(row[5]),
        time: cellTime(row[6]) ?? 0n,
        eventId: cellText(row[7]),
        description: cellText(row[8]),
        state: cellText(row[9]),
        component: cellText(row[10]),
        configuration: cellText(row[11]),
        user: cellText(row[12]),
      });
    }
  }
  return rows;
}
