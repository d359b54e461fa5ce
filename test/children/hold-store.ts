// Opens the store that it is given, says so on standard output, and keeps it until its standard input ends.
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';

const store = await openEmbeddedStore(process.argv[2] ?? '');
process.stdout.write('open\n');
process.stdin.resume();
process.stdin.once('end', async () => {
  await store.close();
});
