import { japaneseFailure } from '../api/japanese-failures.ts';
import { japaneseIngestFault } from '../search/ingest/japanese-faults.ts';
import { japaneseFault } from '../search/sayings/japanese-faults.ts';
import { frameJapanese } from './ja/frame.ts';
import { searchJapanese } from './ja/search.ts';

/** What the first page says in Japanese: one line an area, whose name is the namespace that `useTranslation` takes. */
export const firstJapanese = {
  frame: frameJapanese,
  search: searchJapanese,
};

/** How what the server says by code is said in Japanese; other areas bring theirs with their code. */
export const japaneseWords = {
  failure: japaneseFailure,
  fault: japaneseFault,
  ingestFault: japaneseIngestFault,
};
