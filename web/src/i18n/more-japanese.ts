import { adminJapanese } from './ja/admin.ts';
import { casesJapanese } from './ja/cases.ts';
import { compareJapanese } from './ja/compare.ts';
import { coverageJapanese } from './ja/coverage.ts';
import { processJapanese } from './ja/process.ts';
import { treeJapanese } from './ja/tree.ts';

/** The texts in Japanese of the areas behind the first page: one line an area, as in `japanese.ts`. */
export const moreJapanese = {
  tree: treeJapanese,
  process: processJapanese,
  compare: compareJapanese,
  coverage: coverageJapanese,
  cases: casesJapanese,
  admin: adminJapanese,
};
