import { adminEnglish } from './en/admin.ts';
import { casesEnglish } from './en/cases.ts';
import { compareEnglish } from './en/compare.ts';
import { coverageEnglish } from './en/coverage.ts';
import { processEnglish } from './en/process.ts';
import { treeEnglish } from './en/tree.ts';

/** The texts in English of the areas behind the first page: one line an area, as in `english.ts`. */
export const moreEnglish = {
  tree: treeEnglish,
  process: processEnglish,
  compare: compareEnglish,
  coverage: coverageEnglish,
  cases: casesEnglish,
  admin: adminEnglish,
};
