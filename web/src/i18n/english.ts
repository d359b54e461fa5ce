import { frameEnglish } from './en/frame.ts';
import { searchEnglish } from './en/search.ts';

/** What the first page says in English: one line an area, whose name is the namespace that `useTranslation` takes. */
export const firstEnglish = {
  frame: frameEnglish,
  search: searchEnglish,
};
