import { join } from 'node:path';
import { loadChdb } from '../src/store/embedded/chdb.ts';

/** Takes all events out of the store that this process has open, through a session of its own. */
export interface EventEmptier {
  empty(): void;
  close(): void;
}

/** For the store at `place`, which must be open. */
export async function eventEmptier(place: string): Promise<EventEmptier> {
  const { Session } = await loadChdb();
  const session = new Session(join(place, 'engine'), {
    connectionArgs: ['--async_load_databases=0', '--async_load_system_database=0'],
  });
  return {
    empty: () => {
      for (const table of ['events', 'field_catalogue', 'faults'])
        session.query(`TRUNCATE TABLE keizu.${table}`);
    },
    close: () => session.close(),
  };
}
