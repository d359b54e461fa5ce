// Writes docs/lineage-truth.md from the recordings of the corpus and the simulated hosts. Run by `npm run docs:truth`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { recordingList, recordingTruths } from '../test/recording-truth.ts';
import { sensorMixes, settingsOf, simulateSetting } from '../test/simulation-settings.ts';
import { truthDocument } from '../test/truth-document.ts';

if (recordingList === undefined) {
  console.error('docs:truth: the corpus is absent (KEIZU_CORPUS names its folder); nothing was written');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'keizu-truth-'));
try {
  const store = await openEmbeddedStore(join(folder, 'store'));
  const truths = await recordingTruths(store);
  await store.close();
  for (const { remarks } of truths) for (const remark of remarks) console.error(remark);
  const mixes = sensorMixes.map((sensors) =>
    settingsOf(sensors).map((setting) => ({ setting, result: simulateSetting(setting) })),
  );
  writeFileSync(join(import.meta.dirname, '../docs/lineage-truth.md'), truthDocument(truths, mixes));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
