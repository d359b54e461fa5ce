import { treeEnglish } from './en/tree.ts';
import { treeJapanese } from './ja/tree.ts';
import { areaTexts } from './texts.ts';

export const treeTexts = areaTexts({ en: treeEnglish, ja: treeJapanese });
