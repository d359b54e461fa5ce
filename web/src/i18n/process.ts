import { processEnglish } from './en/process.ts';
import { processJapanese } from './ja/process.ts';
import { areaTexts } from './texts.ts';

export const processTexts = areaTexts({ en: processEnglish, ja: processJapanese });
