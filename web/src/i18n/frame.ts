import { frameEnglish } from './en/frame.ts';
import { frameJapanese } from './ja/frame.ts';
import { areaTexts } from './texts.ts';

export const frameTexts = areaTexts({ en: frameEnglish, ja: frameJapanese });
