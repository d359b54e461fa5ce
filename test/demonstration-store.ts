import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TruthProcess } from '../src/demo/truth.ts';
import { writeDemo } from '../src/demo/write-demo.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { Store } from '../src/store/store.ts';

/** The demonstration case in a store of its own, with what really happened. */
export interface DemonstrationStore {
  readonly store: Store;
  /** A folder of its own, which is removed with the store. */
  readonly folder: string;
  readonly processes: readonly TruthProcess[];
  /** The process that plays a part in a story. */
  part(story: 'salaries' | 'infection', name: string): TruthProcess;
  /** Reads the logs that came late, into the store or into one that passes on to it. */
  readLate(store?: Store): Promise<void>;
  close(): Promise<void>;
}

interface Truth {
  readonly keizu: {
    readonly processes: readonly TruthProcess[];
    readonly stories: readonly {
      readonly name: string;
      readonly processes: Readonly<Record<string, string>>;
    }[];
  };
}

/** The host of the infection, in whose story logs come late. */
export const infectedHost = 'ws-sal-02.kitano.example';

/** Writes the case of two hosts and one day, and reads it; with `late: 'apart'` without the logs that came late. */
export async function openDemonstration(late: 'with' | 'apart' = 'with'): Promise<DemonstrationStore> {
  const folder = mkdtempSync(join(tmpdir(), 'keizu-demonstration-'));
  const place = join(folder, 'case');
  await writeDemo(place, { seed: 1, hosts: 2, days: 1 });
  const { keizu } = JSON.parse(readFileSync(join(place, 'truth.json'), 'utf8')) as Truth;
  const lateLog = join(folder, 'sysmon-late.log');
  if (late === 'apart') renameSync(join(place, 'WS-SAL-02', 'sysmon-late.log'), lateLog);
  const store = await openEmbeddedStore(join(folder, 'store'));
  await ingest([place], store, { threads: 0 });
  return {
    store,
    folder,
    processes: keizu.processes,
    part: (story, name) => {
      const id = keizu.stories.find((each) => each.name === story)?.processes[name];
      const found = keizu.processes.find((process) => process.id === id);
      if (found === undefined) throw new Error(`no ${name} in ${story}`);
      return found;
    },
    readLate: async (into = store) => {
      await ingest([lateLog], into, { threads: 0 });
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A GUID as the program writes it. */
export function plainGuid(guid: string): string {
  return guid.replace(/[{}]/g, '').toLowerCase();
}
