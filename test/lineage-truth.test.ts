import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { Store } from '../src/store/store.ts';
import { recordingList, recordingTruths } from './recording-truth.ts';
import { recordingTable, withGuidsText } from './truth-document.ts';

if (recordingList === undefined)
  console.log(
    'skipped, since the corpus is absent: the truth on recordings, and whether its table is current',
  );

describe.skipIf(recordingList === undefined)(
  'truth on recordings: GUIDs stripped, edges compared with what the GUIDs say',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'keizu-truth-'));
    let store: Store;
    beforeAll(async () => {
      store = await openEmbeddedStore(join(folder, 'store'));
    });
    afterAll(async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('every seen parent is right and sure, none is invented, and the published table says so', {
      timeout: 600_000,
    }, async () => {
      const truths = await recordingTruths(store);
      expect(truths.flatMap(({ remarks }) => remarks)).toEqual([]);
      for (const truth of truths) {
        expect(truth).toMatchObject({ wrong: 0, invented: 0, wrongWithGuids: 0 });
        expect(truth.firstRight, truth.name).toBe(truth.seenParents);
        expect(truth.grades.exact + truth.grades.probable, truth.name).toBe(truth.seenParents);
      }
      const document = readFileSync(join(import.meta.dirname, '../docs/lineage-truth.md'), 'utf8');
      expect(document).toContain(recordingTable(truths).join('\n'));
      expect(document).toContain(withGuidsText(truths));
    });
  },
);
