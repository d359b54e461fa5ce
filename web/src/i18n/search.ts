import { searchEnglish } from './en/search.ts';
import { searchJapanese } from './ja/search.ts';
import { areaTexts } from './texts.ts';

export const searchTexts = areaTexts({ en: searchEnglish, ja: searchJapanese });
