/**
 * Ingests `PATH` into the store `DIR` in batches of `EVENTS`, and writes how many events are acknowledged, a line each time
 * that there are more. It is made to be killed.
 */
import { writeSync } from 'node:fs';
import { ingest } from '../../src/ingest/ingest.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';

const [directory = '', path = '', events = '100'] = process.argv.slice(2);
const store = await openEmbeddedStore(directory);
let told = 0;
await ingest([path], store, {
  batchLimits: { events: Number(events), bytes: 1 << 20 },
  onProgress: (progress) => {
    if (progress.events === told) return;
    told = progress.events;
    writeSync(1, `${told}\n`);
  },
});
await store.close();
