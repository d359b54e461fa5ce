import type { Ticks } from '../core/ticks.ts';
import { imageName } from '../lineage/image-name.ts';
import { Parameters, sql } from '../store/sql.ts';
import type { Column, Store } from '../store/store.ts';
import { bindTime } from '../store/time-sql.ts';

/** A process start as recorded, not linked to anything. */
export interface FirstStart {
  readonly time: Ticks;
  readonly pid: string | undefined;
  readonly name: string;
  readonly user: string | undefined;
  readonly commandLine: string | undefined;
}

const columns: readonly Column[] = [
  { name: 'time', type: 'time' },
  { name: 'pid', type: 'text' },
  { name: 'path', type: 'text' },
  { name: 'user', type: 'text' },
  { name: 'line', type: 'text' },
];

/** Of one moment and process id, sensors beside each other record the same start. */
const twins = 2;

/** The first process starts of a host, in order of time: what can be shown of it while its tree is made. */
export async function readFirstStarts(
  store: Store,
  host: string,
  { most, asOf }: { readonly most: number; readonly asOf: Ticks | undefined },
): Promise<readonly FirstStart[]> {
  const parameters = new Parameters();
  const arrived = asOf === undefined ? sql`1` : sql`_indextime <= ${bindTime(parameters, asOf)}`;
  const query = sql`SELECT _time, process_id, process_path, User, substring(process, 1, 1000) FROM events
WHERE host = ${parameters.bind(host, 'String')} AND _event_class = 'process-start' AND ${arrived}
ORDER BY _time LIMIT ${parameters.bind(most * twins, 'UInt32')}`;
  const found = new Map<string, FirstStart>();
  for await (const block of store.rows({ sql: query, parameters: parameters.values }, columns))
    for (const [time, pid, path, user, line] of block) {
      const text = (cell: unknown) => (typeof cell === 'string' && cell !== '' ? cell : undefined);
      const name = imageName(text(path) ?? '');
      const key = `${text(pid) ?? ''} ${name.toLowerCase()}`;
      if (typeof time !== 'bigint' || found.has(key)) continue;
      found.set(key, { time, pid: text(pid), name, user: text(user), commandLine: text(line) });
    }
  return [...found.values()].slice(0, most);
}
