import { coverageEnglish } from './en/coverage.ts';
import { coverageJapanese } from './ja/coverage.ts';
import { areaTexts } from './texts.ts';

export const coverageTexts = areaTexts({ en: coverageEnglish, ja: coverageJapanese });
