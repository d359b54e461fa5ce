import { compareEnglish } from './en/compare.ts';
import { compareJapanese } from './ja/compare.ts';
import { areaTexts } from './texts.ts';

export const compareTexts = areaTexts({ en: compareEnglish, ja: compareJapanese });
