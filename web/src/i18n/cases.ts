import { casesEnglish } from './en/cases.ts';
import { casesJapanese } from './ja/cases.ts';
import { areaTexts } from './texts.ts';

export const casesTexts = areaTexts({ en: casesEnglish, ja: casesJapanese });
