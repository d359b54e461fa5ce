import { areaTexts } from './texts.ts';

export const searchTexts = areaTexts({
  en: {
    title: 'Search',
  },
  ja: {
    title: '検索',
  },
});
