import type { Ticks } from '../core/ticks.ts';
import { fieldText } from '../store/field-place.ts';
import { integer, joinSql, Parameters, sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';
import { type ComparablePath, isWhole, lastPart } from './file-path.ts';

/** Most events that a file's history is made of. */
export const mostFileEvents = 20_000;

/** Events that may tell of a file, the earliest first. They are a superset: paths are compared for good by `isPath`. */
export interface FileEventReferences {
  readonly references: readonly { readonly id: string; readonly time: Ticks }[];
  readonly cut: boolean;
}

const lower = (name: string) => sql`lowerUTF8(ifNull(${fieldText(name)}, ''))`;

/** Finds them in one scan, all classes at once. */
export async function findFileEvents(
  store: Store,
  wanted: ComparablePath,
  { host, asOf }: { readonly host?: string; readonly asOf?: Ticks },
): Promise<FileEventReferences> {
  const parameters = new Parameters();
  const end = parameters.bind(wanted.rest, 'String');
  // Command lines may have `/` where Windows paths have `\`.
  const slashed = parameters.bind(wanted.rest.replaceAll('\\', '/'), 'String');
  const name = parameters.bind(lastPart(wanted), 'String');
  const folder = parameters.bind(wanted.rest.slice(0, -lastPart(wanted).length - 1), 'String');
  const mentions = (field: string) =>
    sql`(position(${lower(field)}, ${end}) > 0 OR position(${lower(field)}, ${slashed}) > 0)`;
  const inFolder = isWhole(wanted)
    ? sql`(position(${lower('process')}, ${name}) > 0 AND endsWith(trimRight(${lower('process_current_directory')}, '\\\\/'), ${folder}))`
    : sql`0`;
  const tests = [
    sql`(_event_class IN ('file-create', 'file-delete', 'file-time-change', 'file-stream', 'file-access') AND endsWith(${lower('file_path')}, ${end}))`,
    sql`(_event_class = 'process-start' AND (endsWith(${lower('process_path')}, ${end}) OR ${mentions('process')} OR ${inFolder}))`,
    sql`(_event_class IN ('module-load', 'driver-load') AND endsWith(${lower('ImageLoaded')}, ${end}))`,
    sql`(_event_class = 'registry' AND ${mentions('registry_value_data')})`,
    sql`(_event_class = 'service' AND ${mentions('service_path')})`,
    sql`(_event_class = 'scheduled-task' AND (${mentions('TaskContent')} OR ${mentions('TaskContentNew')}))`,
  ];
  const onHost = host === undefined ? sql`1` : sql`host = ${parameters.bind(host, 'String')}`;
  const arrived = asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
  const query = sql`SELECT lower(hex(_id)) AS id, _time FROM events
WHERE ${onHost} AND ${arrived} AND (${joinSql(tests, sql`\n  OR `)})
ORDER BY _time, id LIMIT ${integer(mostFileEvents + 1)}`;
  const references: { id: string; time: Ticks }[] = [];
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, [
    { name: 'id', type: 'text' },
    { name: 'time', type: 'time' },
  ]))
    for (const [id, time] of block)
      if (typeof id === 'string' && typeof time === 'bigint') references.push({ id, time });
  return { references: references.slice(0, mostFileEvents), cut: references.length > mostFileEvents };
}
