import { join } from 'node:path';
import { loadChdb } from '../src/store/embedded/chdb.ts';

/** Takes all events out of the store that this process has open at a place, through a session of its own. */
export async function emptyEvents(place: string): Promise<void> {
  const { Session } = await loadChdb();
  const session = new Session(join(place, 'engine'), {
    connectionArgs: ['--async_load_databases=0', '--async_load_system_database=0'],
  });
  try {
    for (const table of ['events', 'field_catalogue', 'faults'])
      session.query(`TRUNCATE TABLE keizu.${table}`);
  } finally {
    session.close();
  }
}
