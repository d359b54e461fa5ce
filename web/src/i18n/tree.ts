import { areaTexts } from './texts.ts';

export const treeTexts = areaTexts({
  en: {
    title: 'Tree',
  },
  ja: {
    title: 'ツリー',
  },
});
